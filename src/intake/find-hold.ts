import type { Hold } from "../domain/hold.ts";
import type { Ports } from "../ports.ts";
import type { Delegation } from "./admit.ts";
import { mayAsk } from "./judge-asker.ts";
import { judgeRecentEdit } from "./judge-recent-edit.ts";

/** What holds a brief that was just asked for; one that its asker saved is their own text and is held by nothing. */
export async function findHold(order: Delegation, sha256: string, ports: Ports): Promise<Hold | undefined> {
  if (order.kind === "revise") return undefined;
  const { repository, issue, delivery } = order;
  const edit = await ports.issues.lastEdit({ repository, number: issue.number });
  return judgeRecentEdit({
    edit,
    editorMayAsk: edit !== undefined && mayAsk(await ports.people.permission(repository, edit.by)),
    labelledAt: issue.at ?? ports.clock.now().toISOString(),
    delivery,
    sha256,
    rounds: await ports.tasks.find({ repositoryId: repository.id, issueNumber: issue.number }),
  });
}
