import { benchBrief } from "./brief.ts";
import { benchPlaces } from "./brief-places.ts";
import { benchChecks } from "./checks.ts";
import { benchPages } from "./pages.ts";
import { benchPrograms } from "./programs.ts";
import { benchRequests } from "./requests.ts";
import { benchSandbox } from "./sandbox.ts";

/** The benchmarks by name; each prints tables of ratios that were measured within one run, or of counts. */
const benches: Record<string, () => void | Promise<void>> = {
  brief: benchBrief,
  "brief-places": benchPlaces,
  checks: benchChecks,
  pages: benchPages,
  programs: benchPrograms,
  requests: benchRequests,
  sandbox: benchSandbox,
};

const [name = ""] = process.argv.slice(2);
const chosen = name === "" ? Object.values(benches) : [benches[name]];
for (const bench of chosen) {
  if (!bench)
    throw new Error(`There is no benchmark ${name}. There are: ${Object.keys(benches).join(", ")}.`);
  await bench();
}
