import { isBotLogin } from "../domain/bot-login.ts";
import type { Ports } from "../ports.ts";
import type { Asked } from "./read-command.ts";

/**
 * Tells somebody who may not ask so, by a reaction: a stranger must not be able to make us write comments. A bot is told
 * nothing, since it might answer.
 */
export async function turnAway(
  asked: Asked & { issue: { number: number }; comment?: number | undefined },
  ports: Ports,
): Promise<void> {
  const { repository, issue, comment } = asked;
  if (!isBotLogin(asked.by))
    await ports.issues.react({ repository, number: issue.number, ...(comment && { comment }) }, "confused");
  ports.log.info({ by: asked.by, repository: repository.id, issue: issue.number }, "turned away");
}
