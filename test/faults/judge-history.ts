import type { Outcome } from "../e2e/outcome.ts";
import { solutions } from "../e2e/story.ts";

/** What GitHub may show of a task whose attempt was published, each once. */
const checks = ["drafthorse/approval", "drafthorse/scope", "drafthorse/validation"];

/** The most that may ever have been made for one task, by the double's words. */
const most: Record<string, number> = {
  "check.created": checks.length,
  "comment.created": 1,
  "pull.created": 1,
  "ref.created": 1,
};

/** What is doubled, missing or wrong of one task that was to end as one draft pull request; empty where all is well. */
export function judgeOutcome(outcome: Outcome): string[] {
  const { branches, commits, pullRequests, statusComments, otherComments, checkRuns, created } = outcome;
  const [commit] = commits;
  const wantedChecks = checks.map((name) => `${name} ${commit}`);
  const shownChecks = checkRuns.map((run) => run.replace(/ \S+$/, "")).sort();
  return [
    ...counted("branch", branches.length),
    ...counted("commit", commits.length),
    ...counted("pull request", pullRequests.length),
    ...counted("status comment", statusComments.length),
    ...otherComments.map((text) => `another comment: ${text.slice(0, 200)}`),
    ...statusComments
      .filter((text) => !text.includes("Draft pull request open"))
      .map((text) => `ends as ${text}`),
    ...pullRequests
      .filter(({ draft, state, verdict }) => !draft || state !== "open" || verdict !== "passed")
      .map((pull) => `a pull request is ${JSON.stringify(pull)}`),
    ...(String(shownChecks) === String(wantedChecks)
      ? []
      : [`check runs: ${checkRuns.join(", ") || "none"}`]),
    ...(outcome.answer === solutions.first.trimEnd() ? [] : ["the branch has not what the agent wrote"]),
    ...outcome.trees
      .filter(({ evidence, branch }) => evidence !== branch)
      .map(({ evidence, branch }) => `evidence of the tree ${evidence} for ${branch}`),
    ...doubled(created),
  ];
}

/** The same of a task that was given up because chance killed its workers three times in a row in one step: one comment says so. */
export function judgeGivenUp({ statusComments, otherComments, created }: Outcome): string[] {
  return [
    ...counted("status comment", statusComments.length),
    ...otherComments.map((text) => `another comment: ${text.slice(0, 200)}`),
    ...doubled(created),
  ];
}

function doubled(created: Outcome["created"]): string[] {
  return Object.entries(created)
    .filter(([kind, count]) => count > (most[kind] ?? Number.POSITIVE_INFINITY))
    .map(([kind, count]) => `${kind} ${count} times`);
}

function counted(what: string, count: number): string[] {
  return count === 1 ? [] : [`${what} ${count} times`];
}

/** A delivery as the double logged it. */
export type Answered = { guid: string; status_code: number };

/** The deliveries that were accepted, so that they must be known for ever. */
export function acceptedIds(deliveries: readonly Answered[]): string[] {
  const accepted = deliveries.filter(({ status_code: status }) => status >= 200 && status < 300);
  return [...new Set(accepted.map(({ guid }) => guid))];
}
