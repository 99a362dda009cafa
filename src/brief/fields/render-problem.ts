import { classes, kinds, type Problem } from "../../domain/task/brief.ts";
import { inlineCode } from "../../domain/text/escape-markdown.ts";
import { nameLookalikes } from "../visible/fold-lookalikes.ts";
import { type Field, fields, limits } from "./fields.ts";
import { didYouMean, exampleLine, plainWord, reachOf } from "./render-pieces.ts";

/** What a message may name besides its field. */
export type Given = { found?: string; most?: number; other?: number; known?: string };

type ProblemWords = Required<Given> & { label: string; example: string };
type ProblemText = (words: ProblemWords) => { message: string; repair: string };

const texts = {
  "too-long": () => ({
    message: "The text is longer than 65,536 characters, more than GitHub stores for an issue.",
    repair: "Keep what the task needs; attach logs as files.",
  }),
  "too-many-lines": () => ({
    message: "The text has more than 2,000 lines.",
    repair: "Keep what the task needs; attach logs as files.",
  }),
  "too-deep": () => ({
    message: "Lists or quotes are nested too deep to be read for certain.",
    repair: "Nest them at most a few levels.",
  }),
  "too-many-signs": ({ found, most }) => ({
    message: `The text has more than ${most.toLocaleString("en")} ${found}.`,
    repair: "Keep what the task needs; attach logs as files.",
  }),
  "nested-hidden": () => ({
    message: "Hidden text is folded into hidden text here, so that it cannot be told what a reader sees.",
    repair: "Remove the HTML and the comments.",
  }),
  missing: ({ label, example }) => ({
    message: `The heading **${label}** is missing.`,
    repair: `Add a heading \`### ${label}\` and under it, for example: ${exampleLine(example)}`,
  }),
  likely: ({ label, found }) => ({
    message: `This reads like **${label}**, though no heading says so for certain: ${inlineCode(found)}`,
    repair: `If it is, leave it below \`### ${label}\` as it stands in the whole; else put your own words there.`,
  }),
  "reviewer-missing": () => ({
    message: "Nobody is named who reviews.",
    repair: "Name who reviews: `reviewer: @login`; without that line the rules of the repository decide.",
  }),
  "command-conflict": ({ found, other }) => ({
    message: `${inlineCode(found)} holds another command than line ${other}.`,
    repair: "Leave the one that proves the work, or put both under one heading, one a line.",
  }),
  "no-command": ({ found }) => ({
    message: `${inlineCode(found)} names no command that proves the work.`,
    repair: "Write under `### Validation command` what is typed into a terminal, for example: `npm test`",
  }),
  empty: ({ label, example }) => ({
    message: `**${label}** is empty.`,
    repair: `Fill it in, for example: ${exampleLine(example)}`,
  }),
  "not-heading": ({ label, found }) => ({
    message: `${inlineCode(found)} looks like the heading **${label}**, but is none.${nameLookalikes(found)}`,
    repair: `Write it as \`### ${label}\` on a line of its own.`,
  }),
  table: ({ label }) => ({
    message: `**${label}** holds a table.`,
    repair: "Write each row as an item of a list.",
  }),
  placeholder: ({ label }) => ({
    message: `**${label}** still holds a placeholder.`,
    repair: "Put your own words in the place of `TODO: …`, or remove that line.",
  }),
  twice: ({ found, other }) => ({
    message: `The heading ${inlineCode(found.slice(0, 80))} asks for what line ${other} gave already.`,
    repair: "Put both parts under one heading.",
  }),
  "brief-long": ({ other }) => ({
    message: `All fields together have ${other.toLocaleString("en")} characters; at most ${limits.briefLength.toLocaleString("en")} are read.`,
    repair: "Keep what the task needs; attach the rest as files, or make several issues of it.",
  }),
  "goal-short": ({ found }) => ({
    message: `The goal ${inlineCode(found)} is too short to be acted on.`,
    repair: `Say in a sentence what is to be true afterwards; at least ${limits.goal.least} characters.`,
  }),
  "goal-long": ({ other }) => ({
    message: `The goal has ${other.toLocaleString("en")} characters; at most ${limits.goal.most.toLocaleString("en")} are read.`,
    repair: "Keep the aim, and move rules to **Constraints** and checks to **Done when**.",
  }),
  "too-many-items": ({ label, other, most }) => ({
    message: `**${label}** has ${other} items; at most ${most} are read.`,
    repair: "Join or drop some, or make several issues of it.",
  }),
  "item-long": ({ label, found }) => ({
    message: `An item of **${label}** is longer than ${limits.itemLength} characters: ${inlineCode(`${found.slice(0, 40)} …`)}`,
    repair: "Split it, or shorten it to one sentence.",
  }),
  "only-none": ({ label, example }) => ({
    message: `**${label}** says that there are none, but at least one is needed.`,
    repair: `Name one, for example: ${exampleLine(example)}`,
  }),
  "command-prose": ({ found }) => ({
    message: `The validation command stands among other words${found ? `; is it ${inlineCode(found)}` : ""}?`,
    repair: "Leave only the command under the heading, on one line or in one fence.",
  }),
  "command-several": ({ found }) => ({
    message: "The validation commands stand among lines that are none.",
    repair: `Leave only the commands, one a line${found === "" ? "" : `, the first being ${inlineCode(found)}`}.`,
  }),
  "command-many": ({ other, most }) => ({
    message: `There are ${other} validation commands; at most ${most} are run.`,
    repair: "Put them in a script of the repository and name that.",
  }),
  "command-state": ({ found }) => ({
    message: `${inlineCode(found)} is forgotten before the next line: each command has a shell of its own.`,
    repair: `Join it with what it is for by \`&&\`, on one line.`,
  }),
  "command-install": ({ found }) => ({
    message: `${inlineCode(found)} installs something, which is no proof and has no network here.`,
    repair:
      "Leave it out: what is installed belongs to `setup` in `.github/drafthorse.yml`, or is guessed from lockfiles.",
  }),
  "command-long": () => ({
    message: `The validation command is longer than ${limits.commandLength.toLocaleString("en")} characters.`,
    repair: "Put it in a script of the repository and name that.",
  }),
  "boundary-line": ({ found }) => ({
    message: `This line of the approval boundary is not understood: ${inlineCode(found)}`,
    repair: "Write lines of the form `reviewer: @login`, `ask: dependencies, ci` or `never: db/**`.",
  }),
  "boundary-nobody": () => ({
    message: "The approval boundary names nobody and nothing.",
    repair: "Name who reviews: `reviewer: @login`.",
  }),
  "boundary-entry": ({ found, known }) => ({
    message: `${inlineCode(found)} is neither a class nor a path.`,
    repair: `${didYouMean(known)}Classes are ${classes.map((name) => `\`${name}\``).join(", ")}; a path has a slash, a dot or a star in it, such as ${inlineCode(`${plainWord(found)}/**`)}.`,
  }),
  "boundary-both": ({ found }) => ({
    message: `${inlineCode(found)} stands under \`ask\` and under \`never\`.`,
    repair: "Leave it under one of them.",
  }),
  "boundary-many": ({ most, found }) => ({
    message: `The approval boundary names more than ${most} ${found}.`,
    repair: found === "reviewers" ? "Name those who will really review." : "Name fewer, or wider globs.",
  }),
  reviewer: ({ found }) => ({
    message: `${inlineCode(found)} is not the login of a person.${nameLookalikes(found)}`,
    repair:
      "Give people's GitHub logins: `reviewer: @login`. A team is named by `reviewers:` in `.github/drafthorse.yml` or in CODEOWNERS; a bot owns no review.",
  }),
  glob: ({ found, label, known }) => ({
    message: `${inlineCode(found)} in **${label}** is not a path or glob inside the repository.`,
    repair: `${didYouMean(known)}Write paths from the repository's root, one a line, such as \`src/**\`; no \`..\`, no \`!\`, no backslash; a path with blanks goes into backticks.`,
  }),
  "glob-wild": ({ found }) => ({
    message: `${inlineCode(found)} has more wildcards than can be compared with every path.`,
    repair: "Use at most two `**`, two `*` in one name, four in all and six braces, or write several globs.",
  }),
  submodule: ({ found, known }) => ({
    message: `${reachOf(known)} reaches into a submodule: ${inlineCode(found)}.`,
    repair:
      "Declare only paths outside of it, such as `src/**`; a submodule is changed in its own repository.",
  }),
  lfs: ({ found, known }) => ({
    message: `${reachOf(known)} can mean files that are kept in Git LFS: ${inlineCode(found)}.`,
    repair:
      "Declare paths that can be no such files, such as `src/**/*.ts`; files in LFS cannot be published.",
  }),
  kind: ({ found }) => ({
    message: `${inlineCode(found)} is not a kind of task.`,
    repair: `Choose one of ${kinds.map((name) => `\`${name}\``).join(", ")}, or leave the field out.`,
  }),
  dependency: ({ found, known }) => ({
    message: `${inlineCode(found)} is not the name of a dependency.`,
    repair: `${didYouMean(known)}Write \`name\` or \`name@range\`, one a line, such as \`zod@^4.0.0\` or \`@scope/name\`.`,
  }),
  "dependency-twice": ({ found }) => ({
    message: `The dependency ${inlineCode(found)} is named twice.`,
    repair: "Leave one of them.",
  }),
  base: ({ found }) => ({
    message: `${inlineCode(found)} cannot be the name of a branch.`,
    repair: "Give the branch's name alone, such as `main`, or leave the field out.",
  }),
  budget: ({ found }) => ({
    message: `${inlineCode(found)} is not understood as a budget.`,
    repair: "Write money in dollars, time, or both: `$4`, `30 min`, `$4, 30 min`.",
  }),
  "budget-twice": ({ found }) => ({
    message: `The budget names ${found} twice.`,
    repair: "Leave one of them: `$4, 30 min`.",
  }),
  agent: ({ found }) => ({
    message: `${inlineCode(found)} cannot be the name of an agent.`,
    repair: "Give one name from the configuration, such as `claude`, or leave the field out.",
  }),
  "agent-unknown": ({ found, known }) => ({
    message: `There is no agent called ${inlineCode(found)} here.`,
    repair:
      known === "" ? "Leave the field out." : `Name one of ${inlineCode(known)}, or leave the field out.`,
  }),
  "base-missing": ({ found, known }) => ({
    message: `The repository has no branch ${inlineCode(found)} to start from.`,
    repair:
      known === ""
        ? "Commit to that branch first, or name one that exists under `### Base branch`."
        : "Name a branch that exists, or leave the field out.",
  }),
  "depends-on": ({ found }) => ({
    message: `${inlineCode(found)} is not an issue of this repository.`,
    repair: "Write the numbers of issues: `#12, #13`.",
  }),
  "depends-many": ({ most }) => ({
    message: `More than ${most} issues must be closed first.`,
    repair: "Name those that really come first.",
  }),
  sensitive: ({ found }) => ({
    message: `This is sensitive work (${found}), and the approval boundary names no reviewer.`,
    repair: "Name who must review it under **Approval boundary**: `reviewer: @login`.",
  }),
  "sensitive-actor": ({ found }) => ({
    message: `This is sensitive work (${found}), and its only reviewer is the one who asks for it.`,
    repair: "Name someone else, too, under **Approval boundary**: `reviewer: @login`.",
  }),
  "not-allowed": ({ found }) => ({
    message: `${inlineCode(found)} is not among the commands that someone without write access may have run here.`,
    repair: "Use a command of `validation.allow`, or ask someone with write access to take the issue over.",
  }),
} satisfies Record<string, ProblemText>;

/** The names of the rules that are not about the shell. */
export type Rule = keyof typeof texts;

/** A problem in the words that people read. */
export function renderProblem(rule: Rule, given: Given & { line: number; field: Field | "brief" }): Problem {
  const { line, field, found = "", most = 0, other = 0, known = "" } = given;
  const about = field === "brief" ? { label: "The brief", example: "" } : fields[field];
  const text: ProblemText = texts[rule];
  return {
    rule,
    line,
    field,
    ...text({ found, most, other, known, label: about.label, example: about.example }),
  };
}
