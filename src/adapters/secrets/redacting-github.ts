import type { Branches } from "../../ports/branches.ts";
import type { CheckReport, CheckRuns, Issues, PullRequests } from "../../ports/github.ts";

/** The parts of GitHub that take texts of ours. */
type WrittenPorts = { issues: Issues; pullRequests: PullRequests; branches: Branches; checkRuns: CheckRuns };

/** The same GitHub, with secrets taken out of every text that is written there; files are searched before, not here. */
export function redactingGitHub<GitHub extends WrittenPorts>(
  github: GitHub,
  redact: (text: string) => string,
): GitHub {
  const { issues, pullRequests, branches, checkRuns } = github;
  return {
    ...github,
    issues: {
      ...issues,
      say: (at, comment) => issues.say(at, { ...comment, body: redact(comment.body) }),
    },
    pullRequests: {
      ...pullRequests,
      open: (repository, order) =>
        pullRequests.open(repository, { ...order, title: redact(order.title), body: redact(order.body) }),
      rewrite: (repository, number, body) => pullRequests.rewrite(repository, number, redact(body)),
    },
    branches: {
      ...branches,
      commit: (repository, order) =>
        branches.commit(repository, { ...order, message: redact(order.message) }),
    },
    checkRuns: {
      ...checkRuns,
      report: (repository, checks) =>
        checkRuns.report(
          repository,
          checks.map((check) => redactedCheck(check, redact)),
        ),
    },
  };
}

function redactedCheck(check: CheckReport, redact: (text: string) => string): CheckReport {
  const { title, summary, text, annotations } = check;
  return {
    ...check,
    title: redact(title),
    summary: redact(summary),
    text: redact(text),
    ...(annotations && {
      annotations: annotations.map((note) => ({ ...note, message: redact(note.message) })),
    }),
  };
}
