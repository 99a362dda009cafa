import type { StoreFault } from "../../domain/host/store-fault.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Log } from "../../ports.ts";

/** Refuses a database that would lose what it acknowledged, with the repair; tells of what it could lose. */
export function refuseFaults(faults: StoreFault[], log: Log): void {
  const [worst] = faults.filter(({ state }) => state === "wrong");
  if (worst) throw new Failure("storage", `${worst.why}. Repair: ${worst.repair}.`);
  for (const { why, repair } of faults) log.warn({ why, repair }, "the store may lose its last writes");
}
