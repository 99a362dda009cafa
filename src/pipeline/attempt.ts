import type { Job } from "../domain/task/job.ts";
import { claimedTask, withClaim } from "../ledger/claim.ts";
import { durably } from "../ledger/durably.ts";
import type { JobContext } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { prove } from "../proof/prove.ts";
import { attest } from "../publish/attest.ts";
import { commitChange } from "../publish/commit-change.ts";
import { checkOut } from "../run/check-out.ts";
import { judgeChange } from "../run/judge-change.ts";
import { trim } from "../run/trim.ts";
import { rebase, tryMerge } from "../run/try-merge.ts";
import { besideBase } from "./beside-base.ts";
import { finish } from "./finish.ts";
import { followTask } from "./follow-task.ts";
import { hold } from "./hold.ts";
import { propose } from "./propose.ts";
import { report } from "./report.ts";
import { schedule } from "./schedule.ts";
import { start } from "./start.ts";
import { beginFrom } from "./take-snapshot.ts";
import { tidyUp } from "./tidy-up.ts";
import { workInLegs } from "./work-in-legs.ts";

/**
 * Job → draft pull request. Each step is done once, whoever does it: after a crash the next worker goes on behind the
 * last step that the ledger has.
 */
export async function attempt(job: Job, world: Ports, context: JobContext): Promise<void> {
  const task = await world.tasks.read(job.task);
  if (!task) return;
  const { snapshot, ports: all } = await beginFrom(task, world);
  if (await hold(job, all)) return;
  const event = await withClaim(job, { ports: all, context, tidyUp }, async (claim) => {
    const { signal, ports } = claim;
    if (!(await start(claim, snapshot))) return finish(claim, "cancelled");
    await schedule(all);

    const { base } = await durably(claim, { name: "checked out", fields: ["base"] }, async (task) => ({
      base: await checkOut(task, snapshot, ports),
    }));
    const { agent, change: left } = await durably(
      claim,
      { name: "agent done", fields: ["agent", "change"] },
      () => besideBase(claim, base, () => workInLegs(claim, base)),
    );
    const trimmed = await durably(claim, { name: "trimmed", fields: ["change", "trimmedAt"] }, (task) =>
      trim(task, left, ports),
    );
    const { change } = await durably(
      claim,
      { name: "rebased", fields: ["base", "change", "rebasedAt"] },
      (task) => rebase(task, { base, change: trimmed.change }, ports),
    );
    const end = judgeChange(await claimedTask(claim), change);
    if (end) return finish(claim, end);

    await durably(claim, { name: "proved", fields: ["evidence"] }, async (task) => ({
      evidence: await prove(task, { agent, change, signal }, ports),
    }));
    const lateEnd = judgeChange(await claimedTask(claim), change);
    if (lateEnd) return finish(claim, lateEnd);

    const { commit } = await durably(claim, { name: "committed", fields: ["commit"] }, async (task) => ({
      commit: await commitChange(task, change, ports),
    }));
    if ((await claimedTask(claim)).cancel) return finish(claim, "cancelled");

    await durably(claim, { name: "attested", fields: ["attestations"] }, async (task) => ({
      attestations: await attest(task, commit, ports),
    }));
    await durably(claim, { name: "merge tried", fields: ["merge"] }, async (task) => ({
      merge: await tryMerge(task, change, ports),
    }));
    await durably(claim, { name: "PR opened", fields: ["pullRequest"] }, async (task) => ({
      pullRequest: await propose(task, ports),
    }));
    await durably(claim, { name: "reported", fields: ["reportedAt"] }, async (task) => ({
      reportedAt: await report(task, commit, ports),
    }));
    return finish(claim, "published");
  });
  await followTask(job, event, all);
}
