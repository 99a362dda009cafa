import type { Measurement } from "../../domain/evidence/evidence.ts";
import type { Ports } from "../../ports.ts";
import type { RunLimits } from "./run-commands.ts";

/** A run that is watched or has other surroundings takes no more than so many of the validation, and milliseconds beside. */
const slowest = { times: 4, besideMs: 60_000 };

/** The limits of such a run, beginning now. */
export function slowedLimits(
  limits: RunLimits,
  usual: Measurement | undefined,
  { clock }: Pick<Ports, "clock">,
): RunLimits {
  const end = clock.now().getTime() + (usual?.exit.durationMs ?? 0) * slowest.times + slowest.besideMs;
  return {
    signal: limits.signal,
    remainingMs: () => Math.min(limits.remainingMs(), end - clock.now().getTime()),
  };
}
