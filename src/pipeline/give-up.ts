import type { FailureNote } from "../domain/task/failure.ts";
import type { Job } from "../domain/task/job.ts";
import { assertHeld, noting, withAttempt } from "../domain/task/lease.ts";
import type { JobContext } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { salvage } from "../run/salvage.ts";
import { durably } from "./durably.ts";
import { finish } from "./finish.ts";
import { publishSalvage } from "./publish-salvage.ts";
import { heldTask, takeTurn } from "./turn.ts";

/** Ends an attempt that cannot go on: what the agent left is kept, and people are told why and what to do. */
export async function giveUp(
  { job, failure }: { job: Job; failure: FailureNote },
  ports: Ports,
  context: JobContext,
): Promise<void> {
  await takeTurn(job, { ports, context }, async (turn) => {
    const at = ports.clock.now().toISOString();
    await ports.tasks.change(job.task, (task) => {
      assertHeld(task, turn.lease);
      return noting(withAttempt(task, { failure }), { failure }, { at, what: "gave up", details: failure });
    });
    const left = await salvage(await heldTask(turn), ports);
    if (left) await durably(turn, { name: "salvaged", fields: ["change"] }, async () => ({ change: left }));
    await publishSalvage(turn);
    await finish(turn, "gave-up");
  });
}
