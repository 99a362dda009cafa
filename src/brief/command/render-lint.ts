import type { Problem } from "../../domain/task/brief.ts";
import { inlineCode } from "../../domain/text/escape-markdown.ts";

type LintText = (found: string) => { message: string; repair: string };

const texts = {
  "lint-empty": () => ({
    message: "There is no validation command.",
    repair: "Give the one command that proves the work, such as `npm test`.",
  }),
  "lint-unreadable": (found) => ({
    message: `The shell cannot read the validation command: ${found}.`,
    repair: "Mend the quotes or brackets; try it in a terminal.",
  }),
  "lint-several": () => ({
    message: "There is more than one command: of those before the last nobody learns whether they failed.",
    repair: "Join them with `&&`, so that each must succeed, or put them in a script and name that.",
  }),
  "lint-always-green": (found) => ({
    message: `The command succeeds whatever happens: ${inlineCode(found)}.`,
    repair: `Leave out ${inlineCode(found)}, so that a failure is seen as one.`,
  }),
  "lint-or": (found) => ({
    message: `After \`||\` a failure is forgotten: ${inlineCode(found)}.`,
    repair: "Leave the part after `||` out; to require several things join them with `&&`.",
  }),
  "lint-exit-zero": () => ({
    message: "The command ends with `exit 0` and so reports success whatever happened before.",
    repair: "Leave `exit 0` out.",
  }),
  "lint-background": () => ({
    message: "With `&` the command goes to the background and its result is never seen.",
    repair: "Leave the `&` out.",
  }),
  "lint-pipe": (found) => ({
    message: `Behind a pipe only the result of ${inlineCode(found)} counts, and that succeeds even when the tests fail.`,
    repair: "Leave the pipe out: the output is kept anyway.",
  }),
  "lint-compound": (found) => ({
    message: `${inlineCode(found)} makes it more than one command.`,
    repair: "Put it in a script of the repository and name that, such as `sh scripts/check.sh`.",
  }),
  "lint-watch": (found) => ({
    message: `${inlineCode(found)} waits for changes or serves: it would never end.`,
    repair:
      "Use the form that runs once and ends, such as `vitest run`, `jest`, `tsc --noEmit` or `npm test`.",
  }),
  "lint-sudo": (found) => ({
    message: `${inlineCode(found)} asks for rights that the command does not get.`,
    repair: "Leave it out; what needs to be installed belongs to `setup` in `.github/drafthorse.yml`.",
  }),
  "lint-network-shell": (found) => ({
    message: `What comes from the network goes straight into ${inlineCode(found)}.`,
    repair: "Keep the script in the repository and name it there.",
  }),
  "lint-redirect": (found) => ({
    message: `${inlineCode(found)} is not a file inside the repository.`,
    repair: "Leave the redirection out (the output is kept anyway), or name a file inside the repository.",
  }),
  "lint-unknown": (found) => ({
    message: `What ${inlineCode(found)} runs is only known when it runs.`,
    repair: "Write the command out.",
  }),
  "lint-typographic": (found) => ({
    message: `${inlineCode(found)} has quotes or a dash of the typographer's, which the shell reads as letters.`,
    repair: "Write them straight: `\"`, `'`, `-` and `--`.",
  }),
  "lint-windows": (found) => ({
    message: `${inlineCode(found)} is a path of Windows; the command is run by a POSIX shell.`,
    repair: "Write it with slashes from the repository's root, such as `./gradlew`.",
  }),
  "lint-words": (found) => ({
    message: `${inlineCode(found)} reads like words to people, not like a command.`,
    repair: "Write only what is typed into a terminal, such as `npm test`, without a full stop.",
  }),
  "lint-quoted": (found) => ({
    message: `${inlineCode(found)} is one word for the shell, which finds no program of that name.`,
    repair: "Leave the quotes around the whole command out.",
  }),
} satisfies Record<string, LintText>;

/** The names of the rules for a validation command. */
export type LintRule = keyof typeof texts;

/** A rule that a command breaks, and the words by which it is seen. */
export type BrokenRule = { rule: LintRule; found?: string };

/** A problem of the validation command in the words that people read. */
export function renderLint(rule: LintRule, { line, found = "" }: { line: number; found?: string }): Problem {
  const text: LintText = texts[rule];
  return { rule, line, field: "validation", ...text(found) };
}

/** What a missing script, make target or file is called. */
const missing = {
  script: (name: string) => `the script ${inlineCode(name)} of \`package.json\``,
  make: (name: string) => `the make target ${inlineCode(name)}`,
  file: (name: string) => `the file ${inlineCode(name)}`,
  manifest: (name: string) => `the file ${inlineCode(name)}`,
};

/** A command that names what the base commit does not have. */
export function renderMissingTarget(given: {
  line: number;
  kind: keyof typeof missing;
  name: string;
  near: string[];
}): Problem {
  const { line, kind, name, near } = given;
  if (kind === "manifest")
    return {
      ...{ rule: "target-missing", line, field: "validation" },
      message: `The validation command reads ${missing[kind](name)}, which the base branch does not have.`,
      repair: `Go to the folder that has it first, as in \`cd DIRECTORY && …\`, name another command, or add it to the base branch first.`,
    };
  const instead = near.length > 0 ? ` such as ${near.map(inlineCode).join(", ")}` : "";
  return {
    rule: "target-missing",
    line,
    field: "validation",
    message: `The validation command names ${missing[kind](name)}, which the base branch does not have.`,
    repair: `Name one that exists there${instead}, or add it to the base branch first.`,
  };
}
