import { mayWrite } from "../../domain/task/permission.ts";
import type { ReviewRequest } from "../../domain/task/review-request.ts";
import { namedReviewers } from "../../domain/task/reviewers-of.ts";
import { isSameLogin } from "../../domain/task/same-login.ts";
import type { Repository, Task } from "../../domain/task/task.ts";
import type { Ports } from "../../ports.ts";
import { isTeam } from "../approval/may-sign-off.ts";

type ReviewedAt = {
  repository: Repository;
  number: number;
  askedBy: string;
  ports: Pick<Ports, "pullRequests" | "people">;
};
type Answered = Pick<ReviewRequest, "asked" | "refused">;

/**
 * Asks for the review of a pull request, and assigns the people: those whom the brief names, else the configuration, else
 * CODEOWNERS, else the one who asked for the work. Where none of a list can be asked the next one is tried; the one who
 * asked then owns nothing, since a name that cannot be asked must not make them their own reviewer.
 */
export async function askReview(
  task: Task,
  { number, codeowners }: { number: number; codeowners: string[] },
  ports: ReviewedAt["ports"],
): Promise<ReviewRequest> {
  const place = { repository: task.repository, number, askedBy: task.askedBy, ports };
  const refused: ReviewRequest["refused"] = [];
  for (const [at, names] of listsToAsk(task, codeowners).entries()) {
    const answered = await askNames(names, place);
    refused.push(...answered.refused);
    if (answered.asked.length === 0) continue;
    const { asked } = answered;
    const owners = asked.filter((name) => at === 0 || !isSameLogin(name, task.askedBy));
    return { owners, asked, assigned: await assignPersons(asked, place), refused };
  }
  return { owners: [], asked: [], assigned: [], refused };
}

/** Who is named by the brief, the configuration and CODEOWNERS, each where it names anybody; the one who asked last. */
function listsToAsk(task: Task, codeowners: string[]): string[][] {
  return [...namedReviewers(task), codeowners, [task.askedBy]]
    .map((names) => names.map((name) => name.replace(/^@/, "")))
    .filter((names) => names.length > 0);
}

/**
 * A review by somebody who may not write would never count. Who is in a team is asked when they review, and who asked for
 * the work had write access when it started.
 */
async function askNames(
  names: string[],
  { repository, number, askedBy, ports }: ReviewedAt,
): Promise<Answered> {
  const unable: string[] = [];
  for (const name of names.filter((name) => !isTeam(name) && !isSameLogin(name, askedBy))) {
    if (!mayWrite(await ports.people.permission(repository, name))) unable.push(name);
  }
  const able = names.filter((name) => !unable.includes(name));
  const turned = able.length > 0 ? await ports.pullRequests.askReview(repository, number, able) : [];
  return {
    asked: able.filter((name) => !turned.includes(name)),
    refused: [
      ...unable.map((name) => ({ name, why: "no write access" as const })),
      ...turned.map((name) => ({ name, why: "refused by GitHub" as const })),
    ],
  };
}

async function assignPersons(asked: string[], { repository, number, ports }: ReviewedAt): Promise<string[]> {
  const persons = asked.filter((name) => !isTeam(name));
  return persons.length > 0 ? ports.pullRequests.assign(repository, number, persons) : [];
}
