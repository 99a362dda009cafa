import { parseArgs } from "node:util";
import { type EngineName, engineNames } from "./engines.ts";
import { fillDisk } from "./fill-disk.ts";
import { freeze } from "./freeze.ts";
import { renderFreeze, renderReport } from "./render-report.ts";
import { type SoakOrder, soak } from "./soak.ts";

/**
 * `npm run test:faults -- --tasks N --kills N --engine embedded|redis|postgres --lost PERCENT --frozen N --seed S --restarts N
 * --full-disk`. What is not said is as in the short form, which CI runs. Without an engine all are soaked at once; a soak waits more than it works.
 */
function ordersOf(argv: string[]): Orders {
  const text = { type: "string" } as const;
  const options = {
    tasks: text,
    kills: text,
    lost: text,
    frozen: text,
    seed: text,
    engine: text,
    restarts: text,
  };
  const disk = { "full-disk": { type: "boolean", default: false } } as const;
  const { values } = parseArgs({ args: argv, options: { ...options, ...disk } });
  const {
    tasks = "3",
    kills = "3",
    lost = "10",
    frozen = "0",
    restarts = "0",
    seed = String(Date.now() % 100_000),
  } = values;
  const engine = engineNames.find((name) => name === values.engine);
  if (values.engine !== undefined && engine === undefined)
    throw new Error(`--engine must be one of ${engineNames.join(", ")}`);
  const share = numberOf("lost", lost) / 100;
  if (share > 0.5) throw new Error("--lost must be a percentage of at most 50");
  const common = {
    ...{ tasks: numberOf("tasks", tasks), kills: numberOf("kills", kills) },
    ...{ seed: numberOf("seed", seed), lost: share },
    restarts: numberOf("restarts", restarts),
  };
  const chosen: readonly EngineName[] = engine ? [engine] : engineNames;
  return {
    soaks: common.tasks > 0 ? chosen.map((one) => ({ engine: one, ...common })) : [],
    ...{ trials: numberOf("frozen", frozen), seed: common.seed, fills: values["full-disk"] },
    // One process alone has nobody who could take over.
    engines: Number(frozen) > 0 ? chosen.filter((one) => one !== "embedded") : [],
  };
}

type Orders = { soaks: SoakOrder[]; trials: number; seed: number; engines: EngineName[]; fills: boolean };

function numberOf(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} must be a whole number`);
  return Number(text);
}

const { soaks, trials, seed, engines, fills } = ordersOf(process.argv.slice(2));
console.log(`seed ${seed}`);
const soaked = await Promise.all(
  soaks.map(async (order) => {
    const report = await soak(order);
    console.log(renderReport(report));
    return report.faults;
  }),
);
const frozen: string[][] = [];
for (const engine of engines) {
  const report = await freeze({ engine, trials, seed });
  console.log(renderFreeze(report));
  frozen.push(report.faults);
}
if (fills) {
  const { causes, said, faults } = await fillDisk();
  console.log(
    [
      `a full disk: ${causes.length} tries failed`,
      ...causes,
      said,
      `faults: ${faults.length}`,
      ...faults,
    ].join("\n  "),
  );
  frozen.push(faults);
}
process.exitCode = [...soaked, ...frozen].flat().length > 0 ? 1 : 0;
