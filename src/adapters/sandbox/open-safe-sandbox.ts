import { Failure } from "../../domain/task/failure.ts";
import type { OpenProbes, UntriedProbes } from "../../ports/doctor.ts";
import { openOnes, untriedOnes } from "./examine-sandbox.ts";
import { type OpenedSandbox, openSandbox, type SandboxChoice } from "./open-sandbox.ts";
import { runProbes } from "./probes/run-probes.ts";

/** How many groups of open probes a refusal names; `drafthorse doctor` shows all of them. */
const mostNamed = 5;

/** Opens the sandbox and tries to get out of it; rejects with a `sandbox` failure where that succeeds. */
export async function openSafeSandbox(choice: SandboxChoice): Promise<OpenedSandbox> {
  const sandbox = await openSandbox(choice);
  if (sandbox.kind === "none") return sandbox;
  const tried = await runProbes(sandbox);
  const [open, untried] = [openOnes(tried), untriedOnes(tried)];
  if (open.length > 0) throw new Failure("sandbox", `${refusal(open, tried.length)} ${wayOut}`);
  if (untried.length > 0) throw new Failure("sandbox", `${doubt(untried, tried.length)} ${wayOut}`);
  return {
    ...sandbox,
    describe: () => `${sandbox.describe()}; ${tried.length} of ${tried.length} probes closed`,
  };
}

const wayOut =
  "`drafthorse doctor` shows them all. SANDBOX=none works without a sandbox, and every pull request says so.";

function refusal(open: OpenProbes[], count: number): string {
  const named = open.slice(0, mostNamed).map(({ group, names, seen }) => `${group}: ${names[0]} (${seen})`);
  const mending = [...new Set(open.map(({ repair }) => repair))];
  return [
    `${countProbes(open)} of ${count} probes got out of the sandbox: ${named.join("; ")}.`,
    ...mending,
  ].join(" ");
}

function doubt(untried: UntriedProbes[], count: number): string {
  const whys = untried.map(({ why }) => why);
  const mending = [...new Set(untried.map(({ repair }) => repair))];
  return [
    `${countProbes(untried)} of ${count} probes could not be tried: ${whys.join("; ")}.`,
    ...mending,
  ].join(" ");
}

function countProbes(probes: { names: string[] }[]): number {
  return probes.flatMap(({ names }) => names).length;
}
