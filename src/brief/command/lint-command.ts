import type { Word } from "unbash";
import { findInWords } from "./find-in-words.ts";
import { findWatch } from "./find-watch.ts";
import { isLiteralWord, type Simple, shellNodes, simpleCommands } from "./read-shell.ts";
import type { BrokenRule } from "./render-lint.ts";
import { innermost, unwrapCommand } from "./unwrap-command.ts";

/** What waits for changes only where no `CI` is set. */
const endsInCi = new Set(["vitest", "react-scripts test"]);

const shell = /(?:^|\/)(?:ba|da|z|k)?sh$/;
const network = /^(?:curl|wget|fetch|aria2c)$/;
const rights = /^(?:sudo|doas|su|pkexec|runas)$/;

/** What is wrong with one simple command, and the shell lines that it runs in turn. */
export function findInCommand(command: Simple): { findings: BrokenRule[]; inner: string[] } {
  const levels = unwrapCommand(command.argv);
  const last = levels.at(-1) ?? [];
  const words = command.words.slice(command.words.length - last.length);
  const asked = levels.map(([name = ""]) => name).find((name) => rights.test(name));
  const { inner, findings } = readInner(last, words);
  const seen = levels.map(findWatch).find((found) => found !== undefined);
  const watch = command.env.includes("CI") && endsInCi.has(seen ?? "") ? undefined : seen;
  return {
    inner,
    findings: [
      ...(asked === undefined ? [] : [{ rule: "lint-sudo" as const, found: asked }]),
      ...(watch === undefined ? [] : [{ rule: "lint-watch" as const, found: watch }]),
      ...findings,
      ...findInWords(command),
    ],
  };
}

/** `sh -c LINE` and `eval LINE` are read like the line itself; where the line comes from the network, or is not known yet, they are refused. */
function readInner(
  [name = "", ...args]: string[],
  words: Word[],
): { inner: string[]; findings: BrokenRule[] } {
  const runs = shell.test(name) || /^(?:eval|source|\.)$/.test(name);
  if (!runs) return { inner: [], findings: [] };
  if (words.some(fetches)) return { inner: [], findings: [{ rule: "lint-network-shell", found: name }] };
  const lines = name === "eval" ? words.slice(1) : shellLine(args, words);
  if (lines.some((word) => !isLiteralWord(word)))
    return { inner: [], findings: [{ rule: "lint-unknown", found: name }] };
  return { inner: lines.length > 0 ? [lines.map((word) => word.value).join(" ")] : [], findings: [] };
}

function shellLine(args: string[], words: Word[]): Word[] {
  const at = args.findIndex((arg) => /^-[a-z]*c[a-z]*$/.test(arg));
  const line = at < 0 ? undefined : words[at + 2];
  return line ? [line] : [];
}

function fetches(word: Word): boolean {
  return shellNodes(word).some(
    (node) =>
      node.type === "Script" &&
      simpleCommands(node).some(({ argv }) => network.test(innermost(argv)[0] ?? "")),
  );
}
