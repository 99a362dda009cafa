import { Failure } from "../../domain/task/failure.ts";
import { type OpenedSandbox, openSandbox, type SandboxChoice } from "./open-sandbox.ts";
import { isUntried, type Probe, type Untried } from "./probes/probe.ts";
import { repairs } from "./probes/repairs.ts";
import { runProbes } from "./probes/run-probes.ts";

/** How many open probes a refusal names; `drafthorse doctor` shows all of them. */
const NAMED = 5;

/** Opens the sandbox and tries to get out of it; rejects with a `sandbox` failure where that succeeds. */
export async function openSafeSandbox(choice: SandboxChoice): Promise<OpenedSandbox> {
  const sandbox = await openSandbox(choice);
  if (sandbox.kind === "none") return sandbox;
  const tried = await runProbes(sandbox);
  const reached = tried.flatMap(({ probe, tried: what }) =>
    typeof what === "string" ? [{ probe, what }] : [],
  );
  const unproved = tried.flatMap(({ probe, tried: what }) => (isUntried(what) ? [{ probe, ...what }] : []));
  const count = tried.length;
  if (reached.length > 0) throw new Failure("sandbox", `${refusal(reached, count)} ${wayOut}`);
  if (unproved.length > 0) throw new Failure("sandbox", `${doubt(unproved, count)} ${wayOut}`);
  return {
    ...sandbox,
    describe: () => `${sandbox.describe()}; ${tried.length} of ${tried.length} probes closed`,
  };
}

const wayOut =
  "`drafthorse doctor` shows them all. SANDBOX=none works without a sandbox, and every pull request says so.";

function refusal(reached: { probe: Probe; what: string }[], count: number): string {
  const named = reached.slice(0, NAMED).map(({ probe, what }) => `${probe.group}: ${probe.name} (${what})`);
  const mending = [...new Set(reached.map(({ probe }) => repairs[probe.group]))];
  return [
    `${reached.length} of ${count} probes got out of the sandbox: ${named.join("; ")}.`,
    ...mending,
  ].join(" ");
}

function doubt(unproved: ({ probe: Probe } & Untried)[], count: number): string {
  const whys = [...new Set(unproved.map(({ untried }) => untried))];
  const mending = [...new Set(unproved.map(({ repair }) => repair))];
  return [`${unproved.length} of ${count} probes could not be tried: ${whys.join("; ")}.`, ...mending].join(
    " ",
  );
}
