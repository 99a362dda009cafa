import { nameCommands } from "../../domain/evidence/describe-commands.ts";
import type { WantedNode } from "../../domain/evidence/wanted-node.ts";
import type { WantedTool } from "../../domain/evidence/wanted-tool.ts";
import type { Brief } from "../../domain/task/brief.ts";
import { forbiddenPaths, globOf } from "../../domain/task/brief.ts";
import { describeSkippedSteps } from "../../domain/task/describe-skipped-steps.ts";
import type { GuessedSetup } from "../../domain/task/guessed-setup.ts";
import type { SkippedStep } from "../../domain/task/skipped-step.ts";
import { codeBlock, escapeMarkdown, inlineCode } from "../../domain/text/escape-markdown.ts";
import { briefHash, shortHash } from "../fields/brief-hash.ts";
import type { Aside, ReadAs } from "../fields/split-sections.ts";
import type { Hidden } from "../visible/apply-edits.ts";
import type { Advice } from "./advise-brief.ts";
import { bullets } from "./bullets.ts";
import { renderAdvice } from "./render-advice.ts";
import { renderAsides } from "./render-asides.ts";
import { renderHidden } from "./render-hidden.ts";
import { renderReadAs } from "./render-read-as.ts";

/** A complete brief, and what is to be said beside it; `reviewers` are those who will review in the end, where that is known. */
export type Understood = {
  brief: Brief;
  reviewers?: string[];
  hidden?: Hidden[];
  asides?: Aside[];
  readAs?: ReadAs[];
  advice?: Advice[];
  guessed?: GuessedSetup | undefined;
  skippedSteps?: SkippedStep[] | undefined;
  wantedTools?: WantedTool[] | undefined;
  wantedNode?: WantedNode | undefined;
};

/** The brief as understood, for the status comment: what counts in one line, the rest folded. */
export function renderUnderstood(given: Understood): string {
  const { brief, hidden = [], asides = [], readAs = [], advice = [] } = given;
  const { guessed, skippedSteps = [], wantedTools = [], wantedNode } = given;
  return [
    renderBriefLine(given),
    guessed ? renderGuessedSetup(guessed) : "",
    skippedSteps.length > 0 ? renderSkippedSteps(skippedSteps, guessed) : "",
    ...(wantedNode ? [{ tool: "Node.js", ...wantedNode }] : []).map(renderWanted),
    ...wantedTools.map(renderWanted),
    `<details><summary>The brief as understood</summary>\n\n${renderAll(brief)}\n\n</details>`,
    renderReadAs(readAs),
    renderHidden(hidden),
    renderAsides(asides),
    renderAdvice(advice),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** What will be run although nobody wrote it down, what it was guessed from, and where to say otherwise. */
export function renderGuessedSetup({ setup: { run }, from, failed }: GuessedSetup): string {
  const files = from.map(inlineCode).join(", ");
  const command = run.includes("\n") ? `\n\n${codeBlock(run, "sh")}\n\n` : ` ${inlineCode(run)} `;
  if (failed !== undefined)
    return `⚠️ No set-up:${command}(guessed from ${files}) failed on the base, and the validation runs without it. Name the right one as \`setup\` in \`.github/drafthorse.yml\`, or \`setup: none\`.\n\n${codeBlock(failed, "text")}`;
  return `Set-up:${command}(guessed from ${files}; \`setup\` in \`.github/drafthorse.yml\` replaces it, and \`setup: none\` switches it off)`;
}

function renderSkippedSteps(steps: SkippedStep[], guessed: GuessedSetup | undefined): string {
  const taken = guessed?.failed === undefined ? (guessed?.from ?? []) : [];
  return `⚠️ ${describeSkippedSteps(steps, taken)}\n\nIf they are needed, name what does the same as \`setup\` in \`.github/drafthorse.yml\`.`;
}

function renderWanted({ tool, wanted, from, here }: WantedNode & { tool: string }): string {
  return `⚠️ ${inlineCode(from)} asks for ${tool} ${inlineCode(wanted)}, and this machine has ${inlineCode(here)}, with which set-up and command run. If that is not enough, have the operator install the other.`;
}

function renderBriefLine({ brief, reviewers = brief.boundary.reviewers }: Understood): string {
  const who =
    reviewers.length > 0 ? reviewers.map((login) => inlineCode(`@${login}`)).join(", ") : "to be found";
  const hash = shortHash(briefHash(brief));
  return `Brief \`${hash}\` · checked by ${nameCommands(brief.validation)} · reviewer: ${who}`;
}

function renderAll(brief: Brief): string {
  const { boundary } = brief;
  const rows: [string, string][] = [
    ["Goal", renderText(brief.goal)],
    ["Non-goals", bullets(brief.nonGoals.map(itemOrPath))],
    ["Must not be touched", paths(forbiddenPaths(brief))],
    ["Validation command", codeBlock(brief.validation, "sh")],
    ["Done when", bullets(brief.doneWhen.map(({ id, text }) => `${id}: ${escapeMarkdown(text)}`))],
    ["Asks first", paths(boundary.ask)],
    ["Never", paths(boundary.never)],
    ["Scope", brief.scope.length > 0 ? paths(brief.scope) : "the whole repository"],
    ["Constraints", bullets(brief.constraints.map(escapeMarkdown))],
    ["Kind", brief.kind],
    ["Dependencies that may change", renderDependencies(brief)],
    ["Base branch", brief.base === undefined ? "" : inlineCode(brief.base)],
    ["Budget", renderBudget(brief)],
    ["Agent", brief.agent === undefined ? "" : inlineCode(brief.agent)],
    ["Waits for", brief.dependsOn.map((number) => `#${number}`).join(", ")],
  ];
  return rows
    .filter(([, text]) => text !== "")
    .map(([label, text]) =>
      text.includes("\n") || text.startsWith("- ") ? `**${label}**\n\n${text}` : `**${label}**: ${text}`,
    )
    .join("\n\n");
}

/** One line is shown as words; several as they stand, so that what they indent or fence stays so. */
function renderText(text: string): string {
  return text.includes("\n") ? codeBlock(text, "markdown") : escapeMarkdown(text);
}

function renderDependencies({ dependencies }: Brief): string {
  return dependencies.length === 0
    ? "none"
    : dependencies.map(({ name, range }) => inlineCode(range ? `${name}@${range}` : name)).join(", ");
}

function renderBudget({ budget: { usd, minutes } }: Brief): string {
  const parts = [usd === undefined ? "" : `\\$${usd}`, minutes === undefined ? "" : `${minutes} min`];
  return parts.filter((part) => part !== "").join(", ");
}

function itemOrPath(item: string): string {
  return globOf(item) === item ? inlineCode(item) : escapeMarkdown(item);
}

function paths(globs: string[]): string {
  return globs.map(inlineCode).join(", ");
}
