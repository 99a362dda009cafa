import {
  type Command,
  forEachChild,
  type ParsedScript,
  parse,
  type Redirection,
  type Script,
  type SyntaxNode,
  type Word,
} from "unbash";

/** A line of shell as a tree; `broken` says what the shell itself would complain of. */
export type Shell = { script: Script; broken?: string };

/** Reads one line of shell. */
export function readShell(command: string): Shell {
  const script = parse(command);
  const broken = scriptNodes(script).flatMap((inner) => inner.errors ?? [])[0];
  return { script, ...(broken && { broken: broken.message }) };
}

/** A simple command: its words with quotes taken off, and its redirections. */
export type Simple = { argv: string[]; words: Word[]; redirects: readonly Redirection[]; env: string[] };

/** Every simple command of a line, those within substitutions and subshells too, in the order of the line. */
export function simpleCommands(node: SyntaxNode): Simple[] {
  return shellNodes(node)
    .filter((inner): inner is Command => inner.type === "Command")
    .map(simple);
}

/** One command's words. */
export function simple(command: Command): Simple {
  const words = [
    ...(command.name ? [command.name] : []),
    ...command.args.filter((arg): arg is Word => arg.type === "Word"),
  ];
  return {
    argv: words.map((word) => word.value),
    words,
    redirects: command.redirects,
    env: command.prefix.flatMap((one) => (one.type === "Assignment" ? [one.name] : [])),
  };
}

/** All redirections of a line, also those of groups. */
export function redirectionsOf(node: SyntaxNode): Redirection[] {
  return shellNodes(node).flatMap((inner) =>
    inner.type === "Command" || inner.type === "Redirected" ? [...inner.redirects] : [],
  );
}

/** Every node of a tree, parents first. */
export function shellNodes(root: SyntaxNode): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes.push(node);
    waiting.push(...shellChildren(node).toReversed());
  }
  return nodes;
}

/** What a node is made of, in the order of the line. */
export function shellChildren(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  forEachChild(node, (child) => children.push(child));
  return children;
}

/** Whether a word says the same whatever the shell knows: no variables, substitutions or globs. */
export function isLiteralWord(word: Word): boolean {
  return (word.parts ?? []).every(
    (part) =>
      part.type === "Literal" ||
      part.type === "SingleQuoted" ||
      (part.type === "DoubleQuoted" && part.parts.every((inner) => inner.type === "Literal")),
  );
}

function scriptNodes(root: SyntaxNode): ParsedScript[] {
  return shellNodes(root).filter((node): node is ParsedScript => node.type === "Script");
}
