import type {
  AgentCommit,
  Approval,
  ApprovalAnswer,
  SignOffRight,
  UncountedReason,
} from "../domain/review/approval.ts";
import { isSameLogin } from "../domain/task/same-login.ts";
import { capital } from "../domain/text/capital.ts";
import { inlineCode } from "../domain/text/escape-markdown.ts";

/** The words of `drafthorse/approval`, and whether it is green. */
export type RenderedApproval = { met: boolean; title: string; summary: string; text: string };

/** Renders what the sign-off came to, the same tree for every reader: what is met, what is not, and the next move. */
export function renderApproval(answer: ApprovalAnswer): RenderedApproval {
  switch (answer.kind) {
    case "agent":
      return renderAgents(answer.approval);
    case "other":
      return renderOthers(answer.agentCommits);
    case "merge group":
      return renderMergeGroup(answer);
  }
}

function renderAgents(approval: Approval): RenderedApproval {
  const { head, met, signers, review, objections, asks } = approval;
  const open = [
    ...(objections.met ? [] : [`${objections.by.join(", ")} asked for changes`]),
    ...(review.met ? [] : [`waits for an approving review by ${whoIn(signers, (name) => name)}`]),
    ...(asks.isMeasured ? [] : ["waits until this commit is measured"]),
    ...asks.asks.filter(({ by }) => by === null).map(({ name }) => `waits for /approve ${name}`),
  ];
  const title = met ? `Signed off by ${review.by.join(", ")}` : capital(open.slice(0, 2).join("; "));
  return {
    met,
    title: title.slice(0, 200),
    summary: `An agent wrote this. ${capital(whoIn(signers, inlineCode))} may sign it off, at this very commit (${inlineCode(head.slice(0, 7))}). A push begins anew.`,
    text: [reviewLines(approval), objectionLines(approval), askLines(approval), unreadLines(signers)]
      .flat()
      .join("\n"),
  };
}

function reviewLines({ review, signers, head }: Approval): string[] {
  const line = review.met
    ? `Approved by ${review.by.map(inlineCode).join(", ")}.`
    : `An approving review of ${inlineCode(head.slice(0, 7))} by ${whoIn(signers, inlineCode)} is missing.`;
  return [
    item(review.met, line),
    ...review.uncounted.map(
      ({ by, reason }) => `  - The approval of ${inlineCode(by)} does not count: ${reasons[reason]}.`,
    ),
  ];
}

function objectionLines({ objections }: Approval): string[] {
  const names = objections.by.map(inlineCode).join(", ");
  return [
    item(
      objections.met,
      objections.met
        ? "Nobody who may sign off asks for changes."
        : `${names} asked for changes. An approving review by the same person, or a dismissal, takes that back.`,
    ),
  ];
}

function askLines({ asks, head }: Approval): string[] {
  if (!asks.isMeasured)
    return [
      item(
        false,
        `What ${inlineCode(head.slice(0, 7))} touches is not measured yet, and some of it may have to be asked for.`,
      ),
    ];
  if (asks.asks.length === 0) return [item(true, "The change touches nothing that has to be asked for.")];
  return asks.asks.map(({ name, by }) =>
    by === null
      ? item(
          false,
          `The change touches ${inlineCode(name)}. Comment ${inlineCode(`/approve ${name}`)} if that is right.`,
        )
      : item(true, `${inlineCode(name)} was approved by ${inlineCode(by)}.`),
  );
}

function unreadLines({ unread }: SignOffRight): string[] {
  if (unread.length === 0) return [];
  const teams = unread.map(inlineCode).join(", ");
  return [
    "",
    `The members of ${teams} could not be read, so any person with write access counts for them. The App's optional permission \`members: read\` mends that.`,
  ];
}

const reasons: Record<UncountedReason, string> = {
  "older commit": "it is of an older commit",
  "no write access": "they have no write access",
  "not an owner": "they do not own this review",
  "asked for the work": "they asked for this work",
  "no person": "it is no person's",
};

/** Who may sign off, in words that stand in a sentence. */
function whoIn({ signOff, owners, actor, unread }: SignOffRight, shown: (name: string) => string): string {
  const others = owners.filter((owner) => !isSameLogin(owner, actor));
  const named = signOff === "independent" ? others : owners;
  if (signOff === "writer" || (named.length > 0 && unread.length === named.length))
    return signOff === "independent"
      ? `a person with write access other than ${shown(actor)}`
      : "a person with write access";
  if (named.length === 0) return `a person with write access other than ${shown(actor)}`;
  return named.map(shown).join(" or ");
}

function renderOthers(agentCommits: AgentCommit[]): RenderedApproval {
  if (agentCommits.length === 0)
    return {
      met: true,
      title: "No agent's commit here",
      summary:
        "No commit of this pull request was written by an agent of Drafthorse. This check asks for nothing.",
      text: "",
    };
  return {
    met: false,
    title: "It has an agent's commit that is not signed off here",
    summary:
      "A commit of an agent's is in this pull request, which is not the one that Drafthorse opened for it. It is signed off there. Once that pull request is merged, ask for this check again.",
    text: listCommits(agentCommits),
  };
}

function renderMergeGroup({
  met,
  pullRequests,
  agentCommits,
}: Extract<ApprovalAnswer, { kind: "merge group" }>): RenderedApproval {
  if (agentCommits.length + pullRequests.length === 0)
    return {
      ...renderOthers([]),
      summary:
        "No commit of this merge group was written by an agent of Drafthorse. This check asks for nothing.",
    };
  const pulls = pullRequests.map((number) => `#${number}`).join(", ");
  return {
    met,
    title: met ? `Signed off in ${pulls}` : "An agent's commit here is not signed off",
    summary: met
      ? `The agents' commits of this merge group were signed off in ${pulls}.`
      : `This merge group has agents' commits that are not signed off${pulls ? ` in ${pulls}` : ""}.`,
    text: listCommits(agentCommits),
  };
}

/** As many as anybody reads. */
const mostListed = 20;

function listCommits(agentCommits: AgentCommit[]): string {
  const lines = agentCommits.slice(0, mostListed).map(({ commit, task }) => {
    const issue = task?.split("-")[2];
    return `- ${commit}${issue ? ` for #${issue}` : ""}`;
  });
  return lines.join("\n");
}

function item(met: boolean, line: string): string {
  return `- [${met ? "x" : " "}] ${line}`;
}
