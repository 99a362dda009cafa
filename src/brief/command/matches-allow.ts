import { isLiteralWord, readShell, simple } from "./read-shell.ts";

/**
 * Whether an author without write access may have this command run. An entry allows exactly its own words; ` *` at its
 * end allows any further plain words. Anything but one plain command (`&&`, pipes, variables, redirections) matches
 * only an entry that is the same text.
 */
export function matchesAllow(command: string, allow: string[]): boolean {
  const words = plainWords(command);
  return allow.some((entry) => {
    if (entry.trim() === command.trim()) return true;
    const open = /\s\*$/.test(entry.trim());
    const wanted = plainWords(open ? entry.trim().slice(0, -1) : entry);
    if (!words || !wanted || wanted.length === 0) return false;
    return (open || words.length === wanted.length) && wanted.every((word, index) => word === words[index]);
  });
}

/** The words of one simple command that says the same whatever the shell knows; else nothing. */
function plainWords(line: string): string[] | undefined {
  const { script, broken } = readShell(line);
  const [statement, ...others] = script.commands;
  if (broken !== undefined || others.length > 0 || statement?.background) return undefined;
  if (statement?.command.type !== "Command") return undefined;
  const { words, redirects, env, argv } = simple(statement.command);
  const all = words.length === statement.command.suffix.length + 1 && words.every(isLiteralWord);
  return all && redirects.length === 0 && env.length === 0 ? argv : undefined;
}
