import { isUnderWay } from "../domain/task/state.ts";
import type { ReviewNews } from "../intake/read-news.ts";
import type { Ports } from "../ports.ts";
import { isJudgedAgainBy } from "../review/approval/judge-approval.ts";
import { answerGroup } from "./answer-group.ts";
import { notePush } from "./note-push.ts";
import { signOff } from "./sign-off.ts";

/**
 * Something happened to pull requests or a merge group → `drafthorse/approval` says what it comes to now. While an attempt
 * works on the branch nothing is said: its end says it.
 */
export async function follow(news: ReviewNews, ports: Ports): Promise<void> {
  if (news.kind === "merge group") return answerGroup(news, ports);
  if (!isJudgedAgainBy(news.event)) return;
  for (const number of news.numbers) await followOne(news, number, ports);
}

async function followOne(
  { repository, event }: Extract<ReviewNews, { kind: "pull requests" }>,
  number: number,
  ports: Ports,
): Promise<void> {
  const task = (await ports.tasks.find({ repositoryId: repository.id, pullRequest: number })).at(-1);
  // What a task's pull request is at its opening, the end of the attempt that opened it has judged.
  if (task && (isUnderWay(task) || event === "opened")) return;
  const movesHead = event === "pushed" || event === "reopened" || event === "asked again";
  const pull = task && movesHead ? await ports.pullRequests.read(repository, number) : undefined;
  if (task && pull?.state === "open")
    await notePush(task, { head: pull.head, again: event === "asked again" }, ports);
  await signOff({ repository, number }, ports);
}
