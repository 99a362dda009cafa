import type { Hold } from "../domain/task/hold.ts";
import { mayWrite } from "../domain/task/permission.ts";
import type { Edits, TextEdit } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import type { Delegation } from "./admit.ts";
import { judgeRecentEdit, judgeRecentTitle } from "./judge-recent-edit.ts";

/**
 * What holds a brief that was just asked for. A text that its asker saved is their own and is held by nothing; the title
 * above it may still be another's.
 */
export async function findHold(
  order: Delegation,
  { sha256, edits }: { sha256: string; edits: Edits },
  ports: Pick<Ports, "clock" | "people" | "tasks">,
): Promise<Hold | undefined> {
  const { repository, issue, delivery } = order;
  const asked = {
    labelledAt: issue.at ?? ports.clock.now().toISOString(),
    delivery,
    rounds: await ports.tasks.find({ repositoryId: repository.id, issueNumber: issue.number }),
  };
  const editOf = async (edit: TextEdit | undefined) => ({
    edit,
    editorMayAsk: edit !== undefined && mayWrite(await ports.people.permission(repository, edit.by)),
  });
  const body = await editOf(order.kind === "revise" ? undefined : edits.body);
  const text = judgeRecentEdit({ ...asked, ...body, sha256 });
  const title = judgeRecentTitle({ ...asked, ...(await editOf(edits.title)), title: issue.title });
  return text && title ? { ...text, title: issue.title } : (text ?? title);
}
