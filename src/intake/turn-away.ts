import { isBotLogin } from "../domain/task/bot-login.ts";
import { noting } from "../domain/task/lease.ts";
import type { Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import type { CommandOrigin } from "./read-command.ts";

/** A task names no more strangers than these, so that nobody can make us write as often as they like. */
const mostNamed = 3;

/**
 * Tells somebody who may not ask so, by a reaction: a stranger must not be able to make us write comments. A bot is told
 * nothing, since it might answer.
 */
export async function turnAway(
  asked: CommandOrigin & { issue: { number: number }; comment?: number | undefined },
  ports: Pick<Ports, "log" | "issues">,
): Promise<void> {
  const { repository, issue, comment } = asked;
  if (!isBotLogin(asked.by))
    await ports.issues.react({ repository, number: issue.number, ...(comment && { comment }) }, "confused");
  ports.log.info({ by: asked.by, repository: repository.id, issue: issue.number }, "turned away");
}

/** Names a stranger in the task, for a line in the comment that there is; nothing if they are named, or enough are. */
export async function nameStranger(
  { id }: Task,
  by: string,
  ports: Pick<Ports, "clock" | "tasks">,
): Promise<Task | undefined> {
  if (isBotLogin(by)) return undefined;
  const at = ports.clock.now().toISOString();
  let named = false;
  const task = await ports.tasks.change(id, (present) => {
    const { strangers = [] } = present;
    named = !strangers.includes(by) && strangers.length < mostNamed;
    return named
      ? noting(present, { strangers: [...strangers, by] }, { at, what: "turned away", by })
      : undefined;
  });
  return named ? task : undefined;
}
