import { Failure } from "../../domain/failure.ts";
import { type OpenedSandbox, openSandbox, type SandboxChoice } from "./open-sandbox.ts";
import { repairs } from "./probes/repairs.ts";
import { type Probed, runProbes } from "./probes/run-probes.ts";

/** How many open probes a refusal names; `drafthorse doctor` shows all of them. */
const NAMED = 5;

/** Opens the sandbox and tries to get out of it; rejects with a `sandbox` failure where that succeeds. */
export async function openSafeSandbox(choice: SandboxChoice): Promise<OpenedSandbox> {
  const sandbox = await openSandbox(choice);
  if (sandbox.kind === "none") return sandbox;
  const tried = await runProbes(sandbox);
  const open = tried.filter(({ seen }) => seen !== undefined);
  if (open.length > 0) throw new Failure("sandbox", refusal(open, tried.length));
  return {
    ...sandbox,
    describe: () => `${sandbox.describe()}; ${tried.length} of ${tried.length} probes closed`,
  };
}

function refusal(open: Probed[], count: number): string {
  const named = open.slice(0, NAMED).map(({ probe, seen }) => `${probe.group}: ${probe.name} (${seen})`);
  const mending = [...new Set(open.map(({ probe }) => repairs[probe.group]))];
  return [
    `${open.length} of ${count} probes got out of the sandbox: ${named.join("; ")}.`,
    ...mending,
    "`drafthorse doctor` shows them all. SANDBOX=none works without a sandbox, and every pull request says so.",
  ].join(" ");
}
