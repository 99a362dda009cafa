import type { Job } from "../domain/task/job.ts";
import type { JobContext } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { prove } from "../proof/prove.ts";
import { commitChange } from "../publish/commit-change.ts";
import { openPullRequest } from "../publish/open-pull-request.ts";
import { reportCheck } from "../publish/report-check.ts";
import { checkOut } from "../run/check-out.ts";
import { judgeChange } from "../run/judge-change.ts";
import { trim } from "../run/trim.ts";
import { besideBase } from "./beside-base.ts";
import { durably } from "./durably.ts";
import { finish } from "./finish.ts";
import { hold } from "./hold.ts";
import { start } from "./start.ts";
import { heldTask, takeTurn } from "./turn.ts";
import { workInLegs } from "./work-in-legs.ts";

/**
 * Job → draft pull request. Each step is done once, whoever does it: after a crash the next worker goes on behind the
 * last step that the ledger has.
 */
export async function attempt(job: Job, ports: Ports, context: JobContext): Promise<void> {
  if (await hold(job, ports)) return;
  await takeTurn(job, { ports, context }, async (turn) => {
    const { signal } = turn;
    if (!(await start(turn))) return finish(turn, "cancelled");

    const { base } = await durably(turn, { name: "checked out", fields: ["base"] }, async (task) => ({
      base: await checkOut(task, ports),
    }));
    const { agent } = await durably(turn, { name: "agent done", fields: ["agent", "change"] }, () =>
      besideBase(turn, base, () => workInLegs(turn, base)),
    );
    const { change } = await durably(turn, { name: "trimmed", fields: ["change", "trimmedAt"] }, (task) =>
      trim(task, ports),
    );
    const end = judgeChange(await heldTask(turn), change);
    if (end) return finish(turn, end);

    await durably(turn, { name: "proved", fields: ["evidence"] }, async (task) => ({
      evidence: await prove(task, { agent, change, signal }, ports),
    }));
    const lateEnd = judgeChange(await heldTask(turn), change);
    if (lateEnd) return finish(turn, lateEnd);

    const { commit } = await durably(turn, { name: "committed", fields: ["commit"] }, async (task) => ({
      commit: await commitChange(task, change, ports),
    }));
    if ((await heldTask(turn)).cancel) return finish(turn, "cancelled");

    await durably(turn, { name: "PR opened", fields: ["pullRequest"] }, async (task) => ({
      pullRequest: await openPullRequest(task, ports),
    }));
    await durably(turn, { name: "reported", fields: ["reportedAt"] }, async (task) => ({
      reportedAt: await reportCheck(task, commit, ports),
    }));
    await finish(turn, "published");
  });
}
