import type { ConfigurationProblem } from "../domain/rules/configuration-problem.ts";
import { gatesMissing, type Protection } from "../domain/rules/protection.ts";
import type { Hold, TurnHold } from "../domain/task/hold.ts";
import { turnHoldWords } from "../domain/task/turn-hold-words.ts";
import { escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";
import { listDuplicates } from "./render-duplicates.ts";
import { listGaps } from "./render-protection.ts";

/** How many problems of a configuration are named one by one. */
const named = 20;

/** What keeps a task waiting, and what releases it. */
export function renderHold(hold: Hold, label: string): string {
  switch (hold.kind) {
    case "configuration":
      return renderConfiguration(hold.problems);
    case "repository":
      return renderRepository(hold.cause);
    case "protection":
      return renderUngated(hold.protection);
    case "duplicate":
      return renderDuplicate(hold, label);
    case "draft":
      return renderDraftless(hold.measured, label);
    case "recent-edit":
      return renderRecentEdit(hold, label);
    default:
      return renderTurnHold(hold);
  }
}

/** One line: what a task waits for, and what would let it go. */
function renderTurnHold(hold: TurnHold): string {
  const { why, releasedBy } = turnHoldWords(hold);
  return `**Hold** (${hold.kind}): ${why}. **Released by:** ${releasedBy}.`;
}

function renderConfiguration(problems: ConfigurationProblem[]): string {
  const [first] = problems;
  const list = problems
    .slice(0, named)
    .map(({ line, message, repair }, at) => `${at + 1}. Line ${line}: ${message}\n   *Repair:* ${repair}`);
  if (problems.length > named) list.push(`\nAnd ${problems.length - named} more.`);
  return [
    `**Configuration:** \`${first?.file}\` on the default branch cannot be used, so nothing is started.`,
    list.join("\n"),
    "It goes on by itself when the file is mended there; nothing else needs to be done.",
  ].join("\n\n");
}

function renderRepository(cause: string): string {
  return [
    `**Hold** (repository): the branch that the work starts from cannot be fetched: ${escapeMarkdown(cause)}`,
    "**Released by:** a fetch that works; it is tried again by itself. If it stays so, the operator looks at the App's access and at the network.",
  ].join("\n\n");
}

function renderUngated(protection: Protection): string {
  return [
    `**Hold** (protection): \`.github/drafthorse.yml\` says \`protection: require\`, and nothing keeps this work from being merged into ${inlineCode(protection.branch)} without a review:`,
    listGaps(gatesMissing(protection), protection.branch),
    "**Released by:** rules of GitHub that require both. They are looked at every 5 minutes; the label again looks at once.",
  ].join("\n\n");
}

function renderDuplicate({ duplicates }: Extract<Hold, { kind: "duplicate" }>, label: string): string {
  const is = duplicates.length === 1 ? "an open pull request closes" : "open pull requests close";
  return [
    `**Hold** (duplicate): \`.github/drafthorse.yml\` says \`duplicates: refuse\`, and ${is} this issue already: ${listDuplicates(duplicates)}.`,
    `**Released by:** closing what is listed, or taking this issue out of it. It is looked at every 5 minutes. Is this work wanted all the same? Someone with write access takes the label \`${label}\` off and adds it again.`,
  ].join("\n\n");
}

function renderDraftless(measured: boolean, label: string): string {
  const why = measured ? "the repository's plan has none" : "GitHub refused the last one here";
  const release = measured
    ? "It is looked at every 5 minutes."
    : `Someone with write access then takes the label \`${label}\` off and adds it again.`;
  return [
    `**Hold** (draft): \`.github/drafthorse.yml\` says \`draft: require\`, and there are no draft pull requests here: ${why}.`,
    `**Released by:** a plan with drafts (Team or Enterprise for a private repository; a public one always has them), or \`draft: prefer\`, which opens an ordinary pull request titled \`[draft] …\`. ${release}`,
  ].join("\n\n");
}

function renderRecentEdit(hold: Extract<Hold, { kind: "recent-edit" }>, label: string): string {
  const { by, at, title, titleOnly } = hold;
  const who = `${inlineCode(by)}, who has no write access`;
  const what = titleOnly
    ? "the title was"
    : title === undefined
      ? "the text was"
      : "the text and the title were";
  const now = title === undefined ? "" : `the title, now ${inlineCode(title)}, and `;
  return [
    `**Hold** (recent-edit): ${what} edited by ${who}, at ${at.slice(0, 16).replace("T", " ")} UTC, so close to the label that whoever added it may have read another one.`,
    `**Released by:** someone with write access reads ${now}the brief below and adds the label \`${label}\` again.`,
  ].join("\n\n");
}
