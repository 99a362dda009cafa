import { isHopeless } from "../domain/task/crashes.ts";
import type { FailureNote } from "../domain/task/failure.ts";
import type { Job } from "../domain/task/job.ts";
import { assertHeld, noting, withAttempt } from "../domain/task/lease.ts";
import { claimedRecord, withClaim } from "../ledger/claim.ts";
import { durably } from "../ledger/durably.ts";
import type { JobContext } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { salvage } from "../run/salvage.ts";
import { finish } from "./finish.ts";
import { followTask } from "./follow-task.ts";
import { publishSalvage } from "./publish-salvage.ts";
import { tidyUp } from "./tidy-up.ts";

/** Ends an attempt that cannot go on: what the agent left is kept, and people are told why and what to do. */
export async function giveUp(
  { job, failure }: { job: Job; failure: FailureNote },
  ports: Ports,
  context: JobContext,
): Promise<void> {
  const event = await withClaim(job, { ports, context, tidyUp, isEnding: true }, async (claim) => {
    const at = ports.clock.now().toISOString();
    await ports.tasks.change(job.task, (task) => {
      assertHeld(task, claim.lease);
      return noting(withAttempt(task, { failure }), { failure }, { at, what: "gave up", details: failure });
    });
    const given = await claimedRecord(claim);
    if (isHopeless(given)) return finish(claim, "gave-up");
    const left = await salvage(given, claim.ports);
    if (left) await durably(claim, { name: "salvaged", fields: ["change"] }, async () => ({ change: left }));
    await publishSalvage(claim);
    return finish(claim, "gave-up");
  });
  await followTask(job, event, ports);
}
