import type { Brief } from "../domain/task/brief.ts";
import { shownLine, shownText } from "./shown-text.ts";

/** One field of a brief: words, or a list of them; `isCode` where they are a command or globs. */
export type BriefRow = { name: string; items: string[]; isCode: boolean };

/** A brief as it was understood, without what it leaves open. */
export function briefRows(brief: Brief): BriefRow[] {
  const { boundary, budget } = brief;
  const row = (name: string, items: string[], isCode = false): BriefRow => ({
    ...{ name, isCode },
    items: items.map((item) => (isCode ? shownText(item) : shownLine(item, 4_000))),
  });
  const bounds = [
    ...(budget.usd === undefined ? [] : [`$${budget.usd}`]),
    ...(budget.minutes === undefined ? [] : [`${budget.minutes} minutes`]),
  ];
  return [
    row("Goal", [brief.goal]),
    row(
      "Done when",
      brief.doneWhen.map(({ id, text }) => `${id}: ${text}`),
    ),
    row("Validation", [brief.validation], true),
    row("Scope", brief.scope.length > 0 ? brief.scope : ["the whole repository"], brief.scope.length > 0),
    row("Non-goals", brief.nonGoals),
    row("Constraints", brief.constraints),
    row("Reviewers", boundary.reviewers),
    row("Ask first", boundary.ask),
    row("Never", boundary.never),
    row(
      "Dependencies",
      brief.dependencies.map(({ name, range }) => [name, range].filter(Boolean).join(" ")),
      true,
    ),
    row(
      "Depends on",
      brief.dependsOn.map((number) => `#${number}`),
    ),
    row("Budget", bounds),
    row("Kind", [brief.kind]),
  ].filter(({ items }) => items.length > 0);
}
