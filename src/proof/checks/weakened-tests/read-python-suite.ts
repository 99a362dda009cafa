import type { SyntaxNode, SyntaxNodeRef, Tree } from "@lezer/common";
import { maskComments } from "./mask.ts";
import { itemsOf, readChain, textOf } from "./read-chain.ts";
import { readPythonAssertion, readPythonCall } from "./read-python-assertion.ts";
import { readRedeclared } from "./read-redeclared.ts";
import { namesOfCases, pythonTable, rowsOf } from "./read-tables.ts";
import { Scopes } from "./scopes.ts";
import type { Assertion, Skip, Suite } from "./suite.ts";
import { plain } from "./words.ts";

type PythonReader = {
  text: string;
  scopes: Scopes;
  inFunction: number;
  spine: { from: number; to: number };
  bodies: Set<number>;
  cases: Set<string>;
  marks: Map<string, string>;
};

/** Marks that a file gives a name of its own. */
const ownMarks =
  /^(?<name>\w+)\s*=\s*(?<mark>(?:pytest\.mark|unittest)\.(?:skip|xfail|expectedFailure)\w*.*)$/gm;

/** Reads the tests of a Python file from its syntax tree: pytest's and unittest's. */
export function readPythonSuite(tree: Tree, { path, text: raw }: { path: string; text: string }): Suite {
  const text = maskComments(raw, tree);
  const spine = { from: -1, to: -1 };
  const cases = namesOfCases(text);
  const scopes = new Scopes(text, path);
  const marks = new Map(
    [...text.matchAll(ownMarks)].map(({ groups }) => [groups?.name ?? "", groups?.mark ?? ""]),
  );
  const reader: PythonReader = { text, scopes, inFunction: 0, spine, bodies: new Set(), cases, marks };
  const marked = /^pytestmark\s*=.*\bskip(if)?\b.*$/m.exec(text);
  const off = /^__test__\s*=\s*False\b/m.exec(text);
  if (off) reader.scopes.file.skip = { how: off[0], line: reader.scopes.line(off.index), condition: "" };
  if (marked) reader.scopes.file.skip = markOf(marked[0], reader.scopes.line(marked.index));
  tree.iterate({ enter: (node) => visit(node, reader) });
  return { ...reader.scopes.suite(), redeclared: readRedeclared(tree, text) };
}

/** What is done on entering each kind of node. */
const visits: Record<string, (node: SyntaxNode, reader: PythonReader) => void> = {
  FunctionDefinition: enterFunction,
  ClassDefinition: enterClass,
  IfStatement: enterCondition,
  TryStatement: enterTry,
  ReturnStatement: enterReturn,
  WithStatement: enterWith,
  ArrayExpression: enterTable,
  TupleExpression: enterTable,
  DictionaryExpression: enterTable,
  AssertStatement: assertStatement,
  RaiseStatement: enterRaise,
  CallExpression: enterCall,
};

function visit(node: SyntaxNodeRef, reader: PythonReader): void {
  reader.scopes.moveTo(node.from);
  visits[node.name]?.(node.node, reader);
}

function enterFunction(node: SyntaxNode, reader: PythonReader): void {
  const { scopes, text } = reader;
  const name = definedName(node, text);
  const outer = node.from < reader.inFunction;
  reader.inFunction = Math.max(reader.inFunction, node.to);
  if (outer || !/^test/.test(name)) return;
  const around = node.parent?.name === "DecoratedStatement" ? node.parent : node;
  scopes.enter({
    kind: "test",
    from: around.from,
    to: around.to,
    title: name,
    skip: decorated(node, reader),
  });
  const test = scopes.current();
  test.line = scopes.line(node.from);
  scopes.addRows("its table", parametersOf(around, text));
  const body = node.getChild("Body");
  if (body) reader.bodies.add(body.from);
  test.hollow = hollowness(body, text);
}

function hollowness(body: SyntaxNode | null, text: string): "emptied" | "returns at once" | undefined {
  const statements = body ? textOf(body, text).replace(/^:\s*/, "").trimEnd() : "";
  if (/^(("[^"]*"|'[^']*'|"""[\s\S]*?""")\s*)?(pass|\.\.\.)?$/.test(statements)) return "emptied";
  return /^return(\s+(None|True))?\s*(\n|$)/.test(statements) ? "returns at once" : undefined;
}

function enterClass(node: SyntaxNode, reader: PythonReader): void {
  const title = definedName(node, reader.text);
  reader.scopes.enter({ kind: "suite", from: node.from, to: node.to, title, skip: decorated(node, reader) });
}

function enterCondition(node: SyntaxNode, { scopes, text }: PythonReader): void {
  const condition = node.firstChild?.nextSibling;
  const title = condition ? textOf(condition, text) : "";
  if (!/__name__/.test(title)) scopes.enter({ kind: "condition", from: node.from, to: node.to, title });
}

/** What stands behind a `return` of the test's own body; one under a condition ends the test as well, at times. */
function enterReturn(node: SyntaxNode, { scopes, bodies }: PythonReader): void {
  const inside = node.parent;
  if (!inside) return;
  const isOwn = bodies.has(inside.from);
  const statement = !isOwn && inside.parent?.name === "IfStatement" ? inside.parent : node;
  const body = isOwn ? inside : statement.parent;
  if (body && bodies.has(body.from)) scopes.enter({ kind: "cut off", from: statement.to, to: body.to });
}

function enterTry(node: SyntaxNode, { scopes, text }: PythonReader): void {
  const [body, ...handlers] = node.getChildren("Body");
  const silent = handlers.some((each) => isSilent(textOf(each, text)));
  if (body && silent) scopes.enter({ kind: "silence", from: body.from, to: body.to });
}

function enterTable(node: SyntaxNode, { scopes, text, cases }: PythonReader): void {
  scopes.addTable(node.from, node.to);
  const table = pythonTable(node, text, cases);
  if (table) scopes.addRows(table.name, rowsOf(table.list, text));
}

function assertStatement(node: SyntaxNode, { scopes, text }: PythonReader): void {
  const condition = node.firstChild?.nextSibling;
  if (condition?.name === "TupleExpression") {
    scopes.add({
      ...tupleOf(condition, text),
      line: scopes.line(node.from),
      place: { from: node.from, to: node.to },
    });
    return;
  }
  const from = condition?.from ?? node.to;
  const to = Math.max(from, itemsOf(node)[0]?.to ?? from);
  const assertion = readPythonAssertion(textOf({ from, to }, text), scopes.line(node.from));
  if (assertion) scopes.add({ ...assertion, place: { from: node.from, to: node.to } });
}

/** A tuple with something in it is true whatever that is. */
function tupleOf(tuple: SyntaxNode, text: string): Omit<Assertion, "line"> {
  const subject = plain(textOf(tuple, text));
  const vacuity = { how: "tuple" } as const;
  return {
    key: `tuple: ${subject}`,
    subject,
    matcher: "there",
    negated: false,
    argument: "",
    strength: 0,
    vacuity,
  };
}

/** What only goes on, or is only written down, is not heard by the runner. */
function isSilent(handler: string): boolean {
  const lines = handler
    .replace(/^:/, "")
    .split("\n")
    .map((line) => line.trim());
  return lines.every((line) =>
    /^(pass|\.\.\.|return|continue|(print|log\w*\.\w+|warnings\.warn)\(.*\))?$/.test(line),
  );
}

function enterWith(node: SyntaxNode, { scopes, text }: PythonReader): void {
  if (/^with\s[^:]*suppress\(/.test(textOf(node, text)))
    scopes.enter({ kind: "silence", from: node.from, to: node.to });
}

function enterRaise(node: SyntaxNode, reader: PythonReader): void {
  if (/SkipTest/.test(textOf(node, reader.text))) skipHere(node, reader);
}

function enterCall(node: SyntaxNode, reader: PythonReader): void {
  const { scopes, text, spine } = reader;
  if (node.from === spine.from && node.to <= spine.to) return;
  reader.spine = { from: node.from, to: node.to };
  const chain = readChain(node.node, text);
  const names = chain.map(({ name }) => name).join(".");
  if (/^(pytest\.(skip|importorskip)|self\.skipTest)$/.test(names)) skipHere(node, reader);
  const assertion = readPythonCall(chain, { text, line: scopes.line(node.from) });
  if (assertion) scopes.add({ ...assertion, place: { from: node.from, to: node.to } });
}

function skipHere({ from }: { from: number }, { scopes, text }: PythonReader): void {
  const how = textOf({ from, to: from + 60 }, text).replace(/\(.*$/s, "()");
  scopes.current().skip ??= { how, line: scopes.line(from), condition: scopes.condition() };
}

function decorated(node: SyntaxNode, { text, scopes, marks }: PythonReader): Skip | undefined {
  const around = node.parent?.name === "DecoratedStatement" ? node.parent : null;
  for (const decorator of around?.getChildren("Decorator") ?? []) {
    const given = textOf(decorator, text);
    const mark = marks.get(given.slice(1).replace(/\W.*$/s, "")) ?? given;
    const skip = markOf(mark, scopes.line(decorator.from));
    if (skip) return skip;
  }
  return undefined;
}

function markOf(text: string, line: number): Skip | undefined {
  const found = /\b(skip(if|If|Unless)?|xfail|expectedFailure)\b\s*(\(\s*(?<condition>[^\n]*))?/.exec(text);
  if (!found) return undefined;
  const conditional = /if|unless/i.test(found[1] ?? "") && !/^(True|1)\b/.test(found.groups?.condition ?? "");
  return { how: plainMark(text), line, condition: conditional ? (found.groups?.condition ?? "") : "" };
}

function plainMark(text: string): string {
  return text.replace(/\(.*$/s, "").replace(/\s+/g, " ").slice(0, 60);
}

function definedName(node: SyntaxNode, text: string): string {
  const name = node.getChild("VariableName");
  return name ? textOf(name, text) : "";
}

function parametersOf(around: SyntaxNode, text: string): string[] {
  const decorators = around.getChildren("Decorator");
  return decorators.flatMap((decorator) => {
    if (!/parametrize|expand/.test(textOf(decorator, text))) return [];
    const lists = itemsOf(decorator.getChild("ArgList")).map(({ node }) => node);
    return lists.flatMap((list) => (list.name === "ArrayExpression" ? rowsOf(list, text) : []));
  });
}
