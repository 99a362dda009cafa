import { benchBrief } from "./brief.ts";
import { benchPlaces } from "./brief-places.ts";
import { benchChecks } from "./checks.ts";
import { benchSandbox } from "./sandbox.ts";

/** The benchmarks by name; each prints one table of ratios that were measured within one run. */
const benches: Record<string, () => void | Promise<void>> = {
  brief: benchBrief,
  "brief-places": benchPlaces,
  checks: benchChecks,
  sandbox: benchSandbox,
};

const [name = ""] = process.argv.slice(2);
const chosen = name === "" ? Object.values(benches) : [benches[name]];
for (const bench of chosen) {
  if (!bench)
    throw new Error(`There is no benchmark ${name}. There are: ${Object.keys(benches).join(", ")}.`);
  await bench();
}
