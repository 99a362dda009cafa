import type { Evidence } from "../domain/evidence/evidence.ts";
import { escapeMarkdown } from "../domain/text/escape-markdown.ts";
import type { CheckNote, CheckReport } from "../ports/github.ts";
import { checkConclusions } from "./check-conclusions.ts";

/** More notes than these nobody reads, and each fifty are a request. */
const mostNotes = 500;

/** The check run `drafthorse/scope`: each path outside what the brief declared, as a note on its first line. */
export function renderScopeCheck({
  checks,
  tree,
}: Pick<Evidence, "checks" | "tree">): Pick<
  CheckReport,
  "conclusion" | "title" | "summary" | "text" | "annotations"
> {
  const check = checks.find(({ name }) => name === "scope");
  const status = check?.status ?? "not measured";
  const findings = check?.findings ?? [];
  const level = status === "fail" ? "failure" : "warning";
  const notes = findings.flatMap(({ path, line = 1, message }): CheckNote[] =>
    path === undefined ? [] : [{ path, line, level, message }],
  );
  const rest = findings
    .filter(({ path }) => path === undefined)
    .map(({ message }) => `- ${escapeMarkdown(message)}`);
  const more = notes.length > mostNotes ? [`- and ${notes.length - mostNotes} more paths`] : [];
  return {
    conclusion: checkConclusions[status],
    title: (check?.line ?? "The scope was not measured.").slice(0, 200),
    summary: `Each changed path against the scope that the brief declared. Measured on tree \`${tree}\`.`,
    text: [...rest, ...more].join("\n"),
    annotations: notes.slice(0, mostNotes),
  };
}
