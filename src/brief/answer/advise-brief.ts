import type { Brief } from "../../domain/task/brief.ts";
import { nodesOf, readMarkdown } from "../visible/read-markdown.ts";

/** What could be better in a complete brief; nothing of it refuses the brief. */
export type Advice = "scope-everything" | "several-goals" | "many-criteria" | "no-reviewer";

/** From here on a change is seldom reviewed in one sitting. */
const manyCriteria = 12;
const manyGoals = 3;

const turning =
  /(?:^|[.;!?\n]\s*)(?:also|additionally|in addition|furthermore|moreover|besides|unrelated|while (?:at it|we are at it))\b/gi;

/** Signs that a brief is several tasks, or claims more than it needs. */
export function adviseBrief(brief: Brief): Advice[] {
  const everything = brief.scope.length === 0 || brief.scope.some((glob) => /^(?:\*+\/)*\*+$/.test(glob));
  const advice: [Advice, boolean][] = [
    ["scope-everything", everything],
    ["several-goals", hasSeveralGoals(brief.goal)],
    ["many-criteria", brief.doneWhen.length > manyCriteria],
    ["no-reviewer", brief.boundary.reviewers.length === 0],
  ];
  return advice.filter(([, holds]) => holds).map(([name]) => name);
}

function hasSeveralGoals(goal: string): boolean {
  const lists = [...nodesOf(readMarkdown(goal))].filter((node) => node.type === "list");
  const listed = Math.max(0, ...lists.map((list) => list.children.length));
  return listed >= manyGoals || goal.search(turning) >= 0;
}
