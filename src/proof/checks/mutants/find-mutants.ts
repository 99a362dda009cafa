import type { SyntaxNode } from "@lezer/common";
import type { Mutant, MutantKind } from "../../../domain/evidence/questions.ts";
import { lineAt, lineStarts } from "../../../domain/text/line-starts.ts";
import { oneLine } from "../../../domain/text/one-line.ts";
import type { CodePlace, PlacedCode } from "../covered/code-places.ts";
import { isArid } from "./is-arid.ts";

/** How a node is broken: what stands between two offsets is another text. */
type MutantBreak = { kind: MutantKind; from: number; to: number; text: string };

/** Which kinds are tried first: a boundary is what tests most often do not hold. */
const order: MutantKind[] = ["boundary", "comparison", "boolean", "arithmetic", "return", "statement"];

/** More mutants than these nobody answers. */
export const mostMutants = 20;

/** How much of what is broken is shown, in characters. */
const longest = 80;

/**
 * The mutants of a file's places, at most one a line, in the order in which they are tried. `lines` are those that the change
 * wrote; nothing is made of lines that log, speak or wait ("Practical Mutation Testing at Scale", Petrović et al., 2021).
 */
export function findMutants(
  code: PlacedCode,
  { places, lines }: { places: CodePlace[]; lines: ReadonlySet<number> },
): Mutant[] {
  const starts = lineStarts(code.raw);
  const found = new Map<number, Mutant>();
  for (const place of places)
    for (const one of breaksIn(place, code)) {
      const line = lineAt(starts, one.from);
      const known = found.get(line);
      if (!lines.has(line) || (known && rankOf(known) <= rankOf(one))) continue;
      found.set(line, mutantOf(one, { code, line }));
    }
  return [...found.values()];
}

/** The mutants of a change in the order in which they are tried: group after group, each by kind. */
export function inOrderOfTrial(groups: Mutant[][]): Mutant[] {
  return groups.flatMap((one) => one.toSorted((a, b) => rankOf(a) - rankOf(b))).slice(0, mostMutants);
}

function rankOf({ kind }: { kind: MutantKind }): number {
  return order.indexOf(kind);
}

function mutantOf(
  { kind, from, to, text }: MutantBreak,
  { code, line }: { code: PlacedCode; line: number },
): Mutant {
  const { path, raw } = code;
  return { path, line, kind, from, to, text, before: shortened(raw.slice(from, to)), after: shortened(text) };
}

function shortened(text: string): string {
  const flat = oneLine(text);
  return flat.length > longest ? `${flat.slice(0, longest)}…` : flat;
}

/** Every way to break a place, without what stands in functions inside it, which have places of their own. */
function breaksIn(place: CodePlace, code: PlacedCode): MutantBreak[] {
  const breaks: MutantBreak[] = [];
  const { node } = place;
  node.cursor().iterate((at) => {
    if (at.node !== node && own.test(at.name)) return false;
    if (isArid(at.node, code.text)) return false;
    breaks.push(...(breakers[at.name]?.(at.node, code) ?? []));
    return undefined;
  });
  return breaks;
}

const own = /^(?:Block|Body|ClassBody|ArrowFunction|FunctionExpression|TypeAnnotation|TypeDef|TypeArgList)$/;

type Breaker = (node: SyntaxNode, code: PlacedCode) => MutantBreak[];

const breakers: Record<string, Breaker> = {
  BinaryExpression: breakOperator,
  UnaryExpression: breakNot,
  AssignmentExpression: breakOperator,
  UpdateStatement: breakOperator,
  ReturnStatement: breakReturn,
  ExpressionStatement: breakStatement,
  AssignStatement: breakStatement,
};

const swaps: Record<string, [MutantKind, string]> = {
  "<": ["boundary", "<="],
  "<=": ["boundary", "<"],
  ">": ["boundary", ">="],
  ">=": ["boundary", ">"],
  "==": ["comparison", "!="],
  "!=": ["comparison", "=="],
  "===": ["comparison", "!=="],
  "!==": ["comparison", "==="],
  "&&": ["boolean", "||"],
  "||": ["boolean", "&&"],
  and: ["boolean", "or"],
  or: ["boolean", "and"],
  "+": ["arithmetic", "-"],
  "-": ["arithmetic", "+"],
  "*": ["arithmetic", "/"],
  "/": ["arithmetic", "*"],
  "%": ["arithmetic", "*"],
  "+=": ["arithmetic", "-="],
  "-=": ["arithmetic", "+="],
};

/** The whole expression is what is shown, so that a reviewer sees which of several operators it is. */
function breakOperator(node: SyntaxNode, { raw }: PlacedCode): MutantBreak[] {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const sign = raw.slice(child.from, child.to);
    const swap = operators.test(child.name) ? swaps[sign] : undefined;
    if (!swap) continue;
    const [kind, other] = swap;
    if (kind === "arithmetic" && isOfText(node, raw)) return [];
    const text = `${raw.slice(node.from, child.from)}${other}${raw.slice(child.to, node.to)}`;
    return [{ kind, from: node.from, to: node.to, text }];
  }
  return [];
}

const operators = /^(?:CompareOp|LogicOp|ArithOp|UpdateOp|and|or)$/;

/** `+` joins texts, of which there is no difference; `*` and `/` of Python may be of paths and lists. */
function isOfText(node: SyntaxNode, raw: string): boolean {
  return /["'`]|\bf"|\bpath|Path\(|\bString\(|\bstr\(|\bjoin\(/.test(raw.slice(node.from, node.to));
}

function breakNot(node: SyntaxNode, { raw }: PlacedCode): MutantBreak[] {
  const [sign, inner] = [node.firstChild, node.lastChild];
  if (!sign || !inner || !/^(?:!|not)$/.test(raw.slice(sign.from, sign.to))) return [];
  return [{ kind: "boolean", from: node.from, to: node.to, text: raw.slice(inner.from, inner.to) }];
}

const nothings = /^(?:undefined|null|None|void 0|this|self)?$/;
const opposites: Record<string, string> = { true: "false", false: "true", True: "False", False: "True" };

function breakReturn(node: SyntaxNode, { path, raw }: PlacedCode): MutantBreak[] {
  const value = node.firstChild?.nextSibling;
  if (!value || value.name === ";" || nothings.test(raw.slice(value.from, value.to))) return [];
  const end = node.lastChild?.name === ";" ? node.lastChild.from : node.to;
  const said = raw.slice(value.from, end).trim();
  const text = opposites[said] ?? (isPython(path) ? "None" : "undefined");
  const kind = opposites[said] ? "boolean" : "return";
  return [{ kind, from: node.from, to: node.to, text: `return ${text}${isPython(path) ? "" : ";"}` }];
}

/** A call or an assignment of something that is there already is left out; a declaration never, for its name is used. */
function breakStatement(node: SyntaxNode, { path, raw }: PlacedCode): MutantBreak[] {
  const inner = node.firstChild;
  if (
    !inner ||
    (node.name === "ExpressionStatement" &&
      !/^(?:CallExpression|AwaitExpression|AssignmentExpression)$/.test(inner.name))
  )
    return [];
  if (
    /\brequire\(|\bimport\(|^(?:module\.)?exports\b|\bsuper\b|^(?:describe|it|test)\b/.test(
      raw.slice(node.from, node.to),
    )
  )
    return [];
  if (node.name === "AssignStatement" && inner.name === "VariableName") return [];
  return [{ kind: "statement", from: node.from, to: node.to, text: isPython(path) ? "pass" : ";" }];
}

function isPython(path: string): boolean {
  return path.endsWith(".py");
}
