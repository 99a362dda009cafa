import type { SyntaxNode, Tree } from "@lezer/common";
import { isTestPath } from "../../../domain/paths/test-path.ts";
import { lineAt, lineStarts } from "../../../domain/text/line-starts.ts";
import { maskComments } from "../weakened-tests/mask.ts";
import { grammarFor, parseTree } from "../weakened-tests/parse-tree.ts";

/**
 * A statement that a runtime executes, or the head of one with others inside: offsets in UTF-16 units, and the lines, from
 * 1, that belong to no other place inside.
 */
export type CodePlace = { from: number; to: number; lines: number[]; node: SyntaxNode };

/** A file as its places: `text` has blanks for comments. */
export type PlacedCode = { path: string; raw: string; text: string; tree: Tree; places: CodePlace[] };

/** What nobody wrote by hand, or wrote for another project, and what sets tools up: no test runs it. */
const foreign =
  /(?:^|\/)(?:node_modules|vendor|third_party|scripts?|tools?|bench(?:marks?)?|perf|examples?|docs?|\.[\w-]+)\/|\.min\.[cm]?js$|\.d\.[cm]?ts$|\.pyi$|\.(?:config|conf|setup|stories)\.[cm]?[jt]sx?$|(?:^|\/)(?:\.[\w.-]+|noxfile|setup|gulpfile|Gruntfile|Makefile|conf|manage)\.(?:[cm]?[jt]s|py)$/i;
/** A line that nobody wrote by hand, in characters: the file is made by a tool. */
const writtenLine = 2_000;

/** Whether a path is that of code, outside tests, whose places are known here. */
export function isPlacedPath(path: string): boolean {
  return grammarFor(path) !== undefined && !isTestPath(path) && !foreign.test(path);
}

/** The places of a file; undefined where it is no code that a person wrote. */
export function placesIn(path: string, raw: string): PlacedCode | undefined {
  const grammar = isPlacedPath(path) ? grammarFor(path) : undefined;
  if (!grammar || raw.split("\n").some((line) => line.length > writtenLine)) return undefined;
  const tree = parseTree(grammar, raw);
  if (!tree) return undefined;
  const text = maskComments(raw, tree);
  return { path, raw, text, tree, places: withLines(headsIn(tree, text), { text, tree }) };
}

/** What no runtime executes, with all that is inside. */
const still =
  /^(?:Import(?:Declaration|Statement)|TypeAliasDeclaration|InterfaceDeclaration|AmbientDeclaration|NamespaceDeclaration|TypeAnnotation|TypeDef|TypeParamList|TypeArgList|EnumDeclaration|Decorator|ScopeStatement|TypeDefinition)$/;
const whole =
  /^(?:ExpressionStatement|VariableDeclaration|ReturnStatement|ThrowStatement|BreakStatement|ContinueStatement|AssignStatement|UpdateStatement|RaiseStatement|AssertStatement|DeleteStatement)$/;
const headed =
  /^(?:IfStatement|WhileStatement|ForStatement|SwitchStatement|DoStatement|WithStatement|MatchStatement)$/;
const insides = /^(?:Block|Body|SwitchBody|MatchBody|ClassBody)$/;

type PlaceHead = Omit<CodePlace, "lines">;

function headsIn(tree: Tree, text: string): PlaceHead[] {
  const heads: PlaceHead[] = [];
  tree.iterate({
    enter: ({ name, node }) => {
      if (still.test(name)) return false;
      if (whole.test(name) && isRunCode(node, text)) heads.push({ from: node.from, to: node.to, node });
      if (headed.test(name)) heads.push(...conditionsOf(node));
      if (name === "ArrowFunction" && node.lastChild && node.lastChild.name !== "Block")
        heads.push({ from: node.lastChild.from, to: node.lastChild.to, node: node.lastChild });
      return undefined;
    },
  });
  return heads;
}

/** A text alone is documentation or a directive; a declaration without a value does nothing. */
function isRunCode(node: SyntaxNode, text: string): boolean {
  const { name, parent } = node;
  if (parent?.name === "ForSpec") return false;
  if (name === "ExpressionStatement")
    return !/^(?:String|ContinuedString|FormatString)$/.test(node.firstChild?.name ?? "");
  if (name === "VariableDeclaration") return node.getChild("Equals") !== null;
  if (name !== "AssignStatement") return true;
  return (
    /=/.test(text.slice(node.from, node.to).replace(/^[^=]*?:[^=]*$/, "")) &&
    node.getChild("AssignOp") !== null
  );
}

/** The conditions of a statement, each up to the block behind it: Python writes `elif` into the same node. */
function conditionsOf(node: SyntaxNode): PlaceHead[] {
  const heads: PlaceHead[] = [];
  let from: number | undefined = node.from;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const isInside =
      insides.test(child.name) || (from !== undefined && child.from > from && isStatement(child));
    if (child.name === "elif") from = child.from;
    if (!isInside || from === undefined) continue;
    const before = child.prevSibling;
    if (before && before.name !== "else" && before.name !== "do" && !isConstant(before))
      heads.push({ from, to: before.to, node: before });
    from = undefined;
  }
  return heads;
}

function isStatement({ name }: SyntaxNode): boolean {
  return /Statement$/.test(name);
}

/** `while (true)` and `while True` may have no code of their own. */
function isConstant(node: SyntaxNode): boolean {
  const inner = node.name === "ParenthesizedExpression" ? node.firstChild?.nextSibling : node;
  return /^(?:Boolean|BooleanLiteral|Number)$/.test(inner?.name ?? "");
}

/**
 * Gives each line to one place: the first that begins it, else the innermost that began before it, else the first on it. So
 * a line of which a part was run is never told as one that was not.
 */
function withLines(heads: PlaceHead[], { text, tree }: { text: string; tree: Tree }): CodePlace[] {
  const starts = lineStarts(text);
  const bodies = bodiesIn(tree, starts);
  const sorted = heads.toSorted((a, b) => a.from - b.from || b.to - a.to);
  const owners = new Map<number, Owner>();
  for (const [index, head] of sorted.entries())
    for (const { line, rank } of claimsOf(head, { starts, text, bodies })) {
      const known = owners.get(line)?.rank ?? -1;
      if (rank > known || (rank === 1 && known === 1)) owners.set(line, { index, rank });
    }
  return sorted.map((head, index) => ({
    ...head,
    lines: [...owners].flatMap(([line, owner]) => (owner.index === index ? [line] : [])),
  }));
}

/** For each line inside the body of a function or class where the innermost begins: what stands around it is run apart. */
function bodiesIn(tree: Tree, starts: number[]): Map<number, number> {
  const bodies = new Map<number, number>();
  tree.iterate({
    enter: ({ name, node, from, to }) => {
      if (name !== "ClassBody" && !(name === "Block" && functions.test(node.parent?.name ?? ""))) return;
      const last = lineAt(starts, to - 1);
      for (let line = lineAt(starts, from) + 1; line < last; line++) bodies.set(line, from);
    },
  });
  return bodies;
}

const functions = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunction|MethodDeclaration)$/;

type Owner = { index: number; rank: number };

/** The lines on which a place has something, and how strongly it claims them: 2 begins it, 1 goes on, 0 is on it. */
function claimsOf(
  { from, to }: PlaceHead,
  { starts, text, bodies }: { starts: number[]; text: string; bodies: Map<number, number> },
): { line: number; rank: number }[] {
  const first = lineAt(starts, from);
  const count = lineAt(starts, Math.max(from, to - 1)) - first + 1;
  return Array.from({ length: count }, (_, index) => first + index).flatMap((line) => {
    const start = starts[line - 1] ?? 0;
    const own = text.slice(Math.max(from, start), Math.min(to, starts[line] ?? text.length));
    if (!/\w/.test(own) || (bodies.get(line) ?? 0) > from) return [];
    return [{ line, rank: line > first ? 1 : begins.test(text.slice(start, from)) ? 2 : 0 }];
  });
}

/** What may stand before the first statement of a line. */
const begins = /^[^\w]*(?:\b(?:export|default|else|await|async)\b[^\w]*)*$/;
