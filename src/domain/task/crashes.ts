import { z } from "zod";
import { Failure } from "./failure.ts";

/** How often in a row workers died in the step that an attempt is at; a durable step begins the count anew. */
export const Crashes = z.object({
  isInHand: z.boolean().describe("a worker has taken the task, and has not let it go in order"),
  count: z.number().int().nonnegative(),
});
export type Crashes = z.infer<typeof Crashes>;

/** A task, as far as its crashes are concerned. */
type Crashed = { crashes?: Crashes | undefined };

/** A step in which this many workers died is not begun again: the next one would die as well, and all it works on with it. */
const mostCrashes = 3;

/** A task that a worker takes up. One that nobody has let go is a task whose worker died, as far as anybody knows yet. */
export function inHand({ crashes }: Crashed): { crashes: Crashes } {
  return { crashes: { isInHand: true, count: (crashes?.count ?? 0) + (crashes?.isInHand ? 1 : 0) } };
}

/**
 * The crashes of a task once a worker says that it lives; undefined where that changes nothing. `isTakenOver`: another worker
 * has counted its silence as a death.
 */
export function afterLettingGo(crashes: Crashes | undefined, isTakenOver: boolean): Crashes | undefined {
  if (!crashes) return undefined;
  if (isTakenOver) return crashes.count > 0 ? { ...crashes, count: crashes.count - 1 } : undefined;
  return crashes.isInHand ? { ...crashes, isInHand: false } : undefined;
}

/** Throws where too many workers died in a step to begin it again. */
export function refusePoison({ crashes }: Crashed, step: string): void {
  if (crashes && crashes.count >= mostCrashes)
    throw new Failure(
      "worker-died",
      `The worker's process died ${crashes.count} times in a row in the step "${step}", so this task is not begun again by itself.`,
    );
}

/** Whether workers died so often that not even what the agent left can be looked at. */
export function isHopeless({ crashes }: Crashed): boolean {
  return crashes !== undefined && crashes.count >= 2 * mostCrashes;
}
