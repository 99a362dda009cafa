import type { ChangedFile } from "../src/domain/evidence/change.ts";
import { defaultPolicy } from "../src/domain/rules/policy.ts";
import { checkApprovals } from "../src/proof/checks/paths/check-approvals.ts";
import { checkProtected } from "../src/proof/checks/paths/check-protected.ts";
import { checkScope } from "../src/proof/checks/paths/check-scope.ts";
import { checkSize } from "../src/proof/checks/paths/check-size.ts";
import { decideTrim } from "../src/run/decide-trim.ts";
import { added, changed, deleted } from "../test/fixtures/changes.ts";
import { aBrief } from "../test/fixtures/tasks.ts";
import { round, timed } from "./timed.ts";

/** What the checks that look at paths cost for a change of very many files, and how that grows with their number. */
export function benchChecks(): void {
  const [half, whole] = [grounds(5_000), grounds(10_000)];
  const works: [string, (given: typeof half) => unknown][] = [
    ["trim", (given) => decideTrim({ ...given, targets: new Map(), atBase: new Set() })],
    ["scope", checkScope],
    ["protected", (given) => checkProtected(given, { paths: [], patch: null })],
    ["approvals", checkApprovals],
    ["size", checkSize],
  ];
  const times = timed(
    works.flatMap(([, work]) => [() => work(half), () => work(whole)]),
    5,
  );
  console.table(
    works.map(([name], index) => {
      const [small, large] = [least(times[2 * index]), least(times[2 * index + 1])];
      return {
        check: name,
        "5,000 files, ms": small,
        "10,000 files, ms": large,
        ratio: round(large / small),
      };
    }),
  );
}

/** Half the files are in scope, a quarter are tests, and a quarter are neither. */
function grounds(count: number) {
  const brief = aBrief({
    scope: Array.from({ length: 20 }, (_, at) => `src/module-${at}/**/*.ts`),
    dependencies: [{ name: "zod" }],
    boundary: { reviewers: ["ada"], ask: ["dependencies", "auth", "deletions"], never: ["ci", "db/**"] },
  });
  return { brief, policy: defaultPolicy, files: Array.from({ length: count }, (_, at) => fileOf(at)) };
}

function fileOf(at: number): ChangedFile {
  const folder = `module-${at % 40}/part-${at % 7}`;
  const lines = { added: at % 9, removed: at % 3 };
  if (at % 4 === 0) return added(`test/${folder}/file-${at}.test.ts`, { lines });
  if (at % 4 === 1) return deleted(`web/${folder}/file-${at}.vue`);
  return changed(`src/${folder}/file-${at}.ts`, { lines });
}

function least(times: number[] = []): number {
  return round(Math.min(...times));
}
