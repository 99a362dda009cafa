import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Step, stepsOf } from "../alarms/history-of.ts";
import { packages } from "../alarms/packages.ts";
import { type ProvedPackage, provedPackages } from "./packages.ts";
import { changedByFix, prepareFix } from "./prepare.ts";
import { type ProvedFix, proveFix, tellFix } from "./prove-fix.ts";
import { proveSuites } from "./suites.ts";

/**
 * Real fixes with tests, put to the whole proof: what each of the later rows said and the seconds that it took, and how much
 * longer they made the way from the label to the pull request. `npm run test:fixes -- qs avvio` takes packages by name,
 * `-- --most 30 --minutes 30` so many fixes and so long. Needs the npm registry.
 * `-- --suites` takes suites of 1 and 30 seconds instead, that only wait.
 */
type PlannedFix = { proved: ProvedPackage; step: Step; paths: string[] };

/** One fix of each package, then a second, and so on; the newest first, whose tools are ours. */
function plan(chosen: ProvedPackage[]): PlannedFix[] {
  const each = chosen.map((proved) => {
    const steps = packages.filter(({ name }) => name === proved.name).flatMap(stepsOf);
    return steps.toReversed().flatMap((step): PlannedFix[] => {
      const paths = changedByFix(step);
      return paths ? [{ proved, step, paths }] : [];
    });
  });
  const longest = Math.max(...each.map(({ length }) => length));
  return Array.from({ length: longest }, (_, round) => each.flatMap((fixes) => fixes[round] ?? [])).flat();
}

function proveStep({ proved, step, paths }: PlannedFix): ProvedFix {
  const within = mkdtempSync(join(tmpdir(), "drafthorse-fix-"));
  try {
    return proveFix(prepareFix(step, { within, proved, paths }), within);
  } finally {
    rmSync(within, { recursive: true, force: true });
  }
}

const asked = process.argv.slice(2);
const numberAfter = (flag: string, usual: number) =>
  asked.includes(flag) ? Number(asked[asked.indexOf(flag) + 1]) : usual;
const most = numberAfter("--most", 30);
const end = Date.now() + numberAfter("--minutes", 30) * 60_000;
const names = asked.filter((word) => /^[@a-z]/.test(word));
const chosen = provedPackages.filter(
  ({ name }) => names.length === 0 || names.some((word) => name.startsWith(word)),
);
if (asked.includes("--suites")) proveSuites([1, 30]);
else proveAll();

function proveAll(): void {
  const ratios: number[] = [];
  let proved = 0;
  for (const fix of plan(chosen)) {
    if (proved === most || Date.now() > end) break;
    const name = `${fix.step.name} ${fix.step.from} to ${fix.step.to}`;
    try {
      const { evidence, times, said } = proveStep(fix);
      if (!evidence) console.log(`## ${name}: no evidence\n${said}`);
      else {
        proved += 1;
        const ratio = tellFix(name, evidence, times);
        if (ratio) ratios.push(ratio);
      }
    } catch (error) {
      console.log(`## ${name}: not prepared: ${String(error).slice(0, 200)}`);
    }
  }
  const sorted = ratios.toSorted((a, b) => a - b);
  console.log(
    `${proved} fixes; the way to the pull request took ${sorted[Math.floor(sorted.length / 2)]?.toFixed(2)} times (median) and at most ${sorted.at(-1)?.toFixed(2)} times what it takes without the later rows.`,
  );
}
