import { lintValidation } from "../command/lint-validation.ts";
import { suggestCommand } from "../command/suggest-command.ts";
import { programs, running } from "./phrase-words.ts";
import { anyOf, type CodeSpan, codeSpansOf } from "./read-prose.ts";

const known = new Set(programs);
const before = new RegExp(`(?:^|[\\s(])(?:${anyOf(running.before)})(?: the)?(?: command)?:?\\s*$`, "i");
const after = new RegExp(`^\\s+(?:both |all |still |then )?(?:${anyOf(running.after)})\\b`, "i");
const alone = new RegExp(
  `^\\s+(?:both |all )?(?:${anyOf(running.after)})(?: locally| in ci| on ci| without errors?| with no errors?)?[.!]?$`,
  "i",
);
const negated = new RegExp(`\\b(?:${anyOf(running.not)})\\b`, "i");
const between = /^\s*(?:,|and|&|then|, and|, then|plus|\+|;)\s*$/i;
const bare = new RegExp(`(?:^|\\s)run (?<command>(?:${anyOf(programs)}) [\\w:./ -]+?)[.!]?$`, "i");

/** Longer ones are no commands that somebody mentions in a sentence. */
const longest = 300;

/** Whether a line begins with a program that commands of validation begin with. */
export function beginsWithProgram(line: string): boolean {
  const [first = ""] = line.trim().split(/\s/, 1);
  return known.has(first) || /^\.{0,2}\/?[\w./-]*\.(?:sh|py)$/.test(first) || /^\.\/[\w./-]+$/.test(first);
}

/** The commands of a criterion that says of them, and of nothing else, that they succeed. */
export function surelyPassing(sentence: string): string[] {
  const [group, ...others] = groupsOf(sentence);
  if (!group || others.length > 0) return [];
  const isWhole = sentence.slice(0, group.start).trim() === "" && alone.test(sentence.slice(group.end));
  return isWhole && group.commands.every(isFit) ? group.commands : [];
}

/** The commands that a sentence tells to run, or that it says have to succeed. */
export function likelyCommands(sentence: string): string[] {
  const groups = groupsOf(sentence).filter(({ start, end }) => {
    const lead = sentence.slice(0, start);
    if (negated.test(lead)) return false;
    return before.test(lead) || after.test(sentence.slice(end));
  });
  const coded = groups.flatMap(({ commands }) => commands);
  const spoken =
    groups.length === 0 && !negated.test(sentence) ? bare.exec(sentence)?.groups?.command : undefined;
  const found = spoken === undefined ? coded : [spoken.trim()];
  return found.every((one) => isFit(one) || suggestCommand(one) !== undefined) &&
    found.every(beginsWithProgram)
    ? found
    : [];
}

/** The commands that a sentence speaks of, unless it warns of them. */
export function mentionedCommands(sentence: string): string[] {
  return negated.test(sentence)
    ? []
    : codeSpansOf(sentence)
        .map(({ code }) => code)
        .filter(isFit);
}

/** Whether a text is nothing but pieces of code with "and" between them. */
export function isJoined(text: string): boolean {
  const [group, ...others] = groupsOf(text.trim());
  return (
    group !== undefined &&
    others.length === 0 &&
    group.start === 0 &&
    /^[.!]?$/.test(text.trim().slice(group.end))
  );
}

/** Whether a text is a command that could prove something. */
export function isFit(command: string): boolean {
  return (
    command.length <= longest &&
    !command.includes("\n") &&
    beginsWithProgram(command) &&
    lintValidation(command).length === 0
  );
}

type CommandGroup = { start: number; end: number; commands: string[] };

/** Pieces of code with nothing between them but "and". */
function groupsOf(sentence: string): CommandGroup[] {
  const groups: CommandGroup[] = [];
  for (const span of codeSpansOf(sentence)) {
    const last = groups.at(-1);
    if (last && between.test(sentence.slice(last.end, span.start))) extend(last, span);
    else groups.push({ start: span.start, end: span.end, commands: [span.code] });
  }
  return groups;
}

function extend(group: CommandGroup, { end, code }: CodeSpan): void {
  group.end = end;
  group.commands.push(code);
}
