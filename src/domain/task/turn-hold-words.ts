import type { TurnHold } from "./hold.ts";

type OfKind<K extends TurnHold["kind"]> = Extract<TurnHold, { kind: K }>;

/** What each hold of the scheduler is, and what releases it. */
const lines: { [K in TurnHold["kind"]]: (hold: OfKind<K>) => [why: string, releasedBy: string] } = {
  overlap: ({ issue, pullRequest }) => [
    `its scope and that of #${issue} can mean the same files, and the earlier goes first`,
    pullRequest === undefined
      ? `the end of #${issue}: its pull request closed or merged, or none opened`
      : `closing or merging #${pullRequest}, the pull request of #${issue}`,
  ],
  "depends-on": ({ issues }) => [
    `its brief depends on ${issueList(issues)}, which ${issues.length === 1 ? "is" : "are"} open`,
    `closing ${issueList(issues)}`,
  ],
  "review-limit": ({ limit }) => [
    `${limit} pull requests of agents are open here or under way (\`limits.openPullRequests\`)`,
    "closing or merging one of them",
  ],
  concurrency: ({ of, limit }) => {
    if (of === "worker") return ["every worker is busy", "a worker that becomes free"];
    const where = of === "repository" ? "in this repository" : "for this account";
    const setting = of === "repository" ? "limits.concurrent" : "concurrentPerInstallation";
    return [`${limit} at once may run ${where} (\`${setting}\`)`, "the end of one of those attempts"];
  },
  "daily-budget": ({ limitUsd, until }) => [
    `the $${limitUsd} of this day are spent or set aside for what runs (\`limits.dailyUsd\`)`,
    `the next day, from ${until.slice(0, 16).replace("T", " ")} UTC, or an attempt that costs less than was set aside`,
  ],
};

/** Why a task waits for its turn, and what lets it go: the rest of a sentence each. */
export function turnHoldWords<K extends TurnHold["kind"]>(
  hold: OfKind<K>,
): { why: string; releasedBy: string } {
  const line: (hold: OfKind<K>) => [string, string] = lines[hold.kind as K];
  const [why, releasedBy] = line(hold);
  return { why, releasedBy };
}

function issueList(issues: number[]): string {
  const names = issues.map((issue) => `#${issue}`);
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
