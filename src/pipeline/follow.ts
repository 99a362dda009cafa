import type { ReviewEvent } from "../domain/review/review-event.ts";
import { isUnderWay } from "../domain/task/state.ts";
import type { ReviewNews } from "../intake/read-news.ts";
import type { Ports } from "../ports.ts";
import { isJudgedAgainBy } from "../review/approval/judge-approval.ts";
import { answerGroup } from "./answer-group.ts";
import { notePush } from "./note-push.ts";
import { signOff, signOffAfter } from "./sign-off.ts";

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
  if (!task || !movesHead.has(event)) return signOff({ repository, number }, ports);
  const again = event === "asked again";
  await signOffAfter(
    task,
    async ({ task: present, pull, lock }, judging) => {
      if (pull?.state === "open") await notePush(present, { pull, again, lock }, judging);
    },
    ports,
  );
}

/** After these the head may be one that nobody has measured, or is to be measured once more. */
const movesHead: ReadonlySet<ReviewEvent> = new Set(["pushed", "reopened", "asked again"]);
