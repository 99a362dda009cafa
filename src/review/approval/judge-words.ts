import { classes } from "../../domain/task/brief.ts";
import type { Task } from "../../domain/task/task.ts";
import type { ApprovalFacts } from "./approval-facts.ts";
import { whyNotSigner } from "./may-sign-off.ts";

/** `/approve CLASS` as it was said: by whom, and when or of which commit. */
export type ApprovalWords = {
  by: string;
  words: string;
  at?: string | undefined;
  commit?: string | undefined;
};

/** What follows: the classes and paths that are approved, or why none is. */
export type WordsDecision = { kind: "record"; names: string[] } | { kind: "refuse"; why: string };

/** Decides about `/approve CLASS`, said by somebody with write access on an open pull request of ours. */
export function judgeWords(
  said: ApprovalWords,
  { facts, seen }: { facts: ApprovalFacts; seen: Task["headSeen"] },
): WordsDecision {
  const { asks } = facts;
  const names = wordsAsWritten(said.words);
  if (asks === undefined)
    return refuseApproval("The head is not measured yet, so nobody knows what it touches.");
  if (asks.length === 0)
    return refuseApproval("Nothing that this change touches has to be asked for; a review is all it needs.");
  const unknown = names.filter((name) => !asks.includes(name));
  if (names.length === 0 || unknown.length > 0)
    return refuseApproval(
      `${unknown.length > 0 ? `"${unknown.join(", ")}" is not asked for here` : "It names no class"}. Asked for: ${asks.map((name) => `/approve ${name}`).join(", ")}.`,
    );
  const reason = whyNotSigner(said.by, facts);
  if (reason === "asked for the work")
    return refuseApproval("Whoever asked for the work does not sign it off here.");
  if (reason !== undefined)
    return refuseApproval("Only somebody who may sign off this pull request may say that.");
  if (isOfOlderHead(said, { head: facts.head, seen }))
    return refuseApproval(
      `The branch moved to ${facts.head.slice(0, 7)} meanwhile: look at that commit and say it again.`,
    );
  return { kind: "record", names };
}

/** A comment names no commit: what was said before the head could be seen was said of another. GitHub's times have seconds. */
function isOfOlderHead(
  { at, commit }: ApprovalWords,
  { head, seen }: { head: string; seen: Task["headSeen"] },
): boolean {
  if (commit !== undefined) return commit !== head;
  if (seen?.head !== head) return true;
  return at !== undefined && Date.parse(at) < Math.floor(Date.parse(seen.at) / 1_000) * 1_000;
}

/** The words of the first line, as the brief writes them: classes in small letters, paths as they are. */
function wordsAsWritten(words: string): string[] {
  const [line = ""] = words.split("\n");
  const known: readonly string[] = classes;
  return line
    .split(/[\s,`]+/)
    .filter(Boolean)
    .map((word) => (known.includes(word.toLowerCase()) ? word.toLowerCase() : word));
}

function refuseApproval(why: string): WordsDecision {
  return { kind: "refuse", why };
}
