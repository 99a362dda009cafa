import type { SyntaxNode } from "unbash";
import { readShell, type Simple, shellChildren, simple } from "./read-shell.ts";
import { scriptOf } from "./script-of.ts";
import { innermost } from "./unwrap-command.ts";

/** Something of the repository that a command names and that must be there for it to mean anything. */
export type NamedTarget =
  | { kind: "script"; name: string; directory: string }
  | { kind: "make"; name?: string; directory: string; file?: string }
  | { kind: "file"; path: string };

const interpreters = /^(?:(?:ba|da|z|k)?sh|python[\d.]*|node|deno|bun|perl|ruby|php|tsx|ts-node|source|\.)$/;

/** What a set-up or a build makes, which no base commit has. */
const made = /(?:^|\/)(?:node_modules|vendor|\.?venv|\.tox|dist|build|_build|target|out)\//;

/** Where the shell is when it comes to a command; nowhere that is known after `cd "$SOMEWHERE"`. */
type ShellWalk = { directory: string | undefined };

/** The scripts, make targets and files that a command names, in its order. What only runs with variables is not named. */
export function namedTargets(command: string): NamedTarget[] {
  return targetsIn(readShell(command).script, { directory: "" }).filter(
    (target) => target.kind !== "file" || !made.test(target.path),
  );
}

/** A subshell and a substitution leave the shell around them where it was. */
function targetsIn(node: SyntaxNode, walk: ShellWalk): NamedTarget[] {
  const isApart = node.type === "Subshell" || node.type === "CommandExpansion";
  const inner = isApart ? { ...walk } : walk;
  const own = node.type === "Command" ? targetsOfCommand(simple(node), inner) : [];
  return [...own, ...shellChildren(node).flatMap((child) => targetsIn(child, inner))];
}

function targetsOfCommand(command: Simple, walk: ShellWalk): NamedTarget[] {
  const argv = innermost(command.argv);
  if (argv[0] === "cd" || argv[0] === "pushd") {
    const to = argv.slice(1).find((word) => !word.startsWith("-")) ?? "";
    walk.directory = isKnown(to) && !/^[/~]/.test(to) ? join(walk.directory ?? "", to) : undefined;
    return [];
  }
  const { directory } = walk;
  return directory === undefined ? [] : targetsOf(command, { argv, directory });
}

type CommandPlace = { argv: string[]; directory: string };

function targetsOf(command: Simple, place: CommandPlace): NamedTarget[] {
  const [name = ""] = place.argv;
  if (name === "make" || name === "gmake") return makeTargets(place);
  const call = scriptOf(place.argv);
  if (call)
    return call.sure && isKnown(call.name)
      ? [{ kind: "script", name: call.name, directory: join(place.directory, call.directory ?? "") }]
      : [];
  const file = name.includes("/") ? name : scriptFile(place.argv);
  const literal = file !== undefined && isKnown(file) && command.argv.length > 0;
  return literal && !file.startsWith("/") ? [{ kind: "file", path: join(place.directory, file) }] : [];
}

/** Options of interpreters whose value is the next word. */
const valued = new Set(
  "-r --require --import --loader --experimental-loader --env-file -C --conditions -W -X -d -I -o".split(" "),
);

/** The file that an interpreter is given; `deno run` and `bun run` have a word before it. */
function scriptFile([name = "", ...args]: string[]): string | undefined {
  if (!interpreters.test(name)) return undefined;
  if (args.some((arg) => /^-[a-z]*[cem]$|^--(?:eval|print|test|check)$|^-p$/.test(arg))) return undefined;
  const words = args.filter((arg, at) => !arg.startsWith("-") && !valued.has(args[at - 1] ?? ""));
  const word = /^(?:deno|bun)$/.test(name) && words[0] === "run" ? words[1] : words[0];
  return word !== undefined && /[./]/.test(word) && !/^(?:deno|bun)$/.test(word) ? word : undefined;
}

const makeValued = new Set(["-C", "--directory", "-f", "--file", "--makefile", "-I", "-o", "-W", "-l"]);

function makeTargets({ argv, directory }: CommandPlace): NamedTarget[] {
  const { options, words } = splitMake(argv.slice(1));
  const folders = options.filter(([name]) => /^(?:-C|--directory)$/.test(name)).map(([, value]) => value);
  const file = options.find(([name]) => /^(?:-f|--file|--makefile)$/.test(name))?.[1];
  const about = {
    kind: "make" as const,
    directory: folders.reduce(join, directory),
    ...(file !== undefined && { file }),
  };
  const names = words.filter((word) => !word.includes("=") && isKnown(word));
  return names.length > 0 ? names.map((name) => ({ ...about, name })) : [about];
}

function splitMake(args: string[]): { options: [string, string][]; words: string[] } {
  const options: [string, string][] = [];
  const words: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? "";
    const [option = "", value] = word.split(/=(.*)/s);
    if (!word.startsWith("-")) words.push(word);
    else if (value !== undefined || !makeValued.has(word)) options.push([option, value ?? ""]);
    else options.push([option, args[++at] ?? ""]);
  }
  return { options, words };
}

function isKnown(word: string): boolean {
  return word !== "" && !/[$`*?{[]/.test(word);
}

function join(directory: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${directory}/${path}`.split("/"))
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  return parts.join("/");
}
