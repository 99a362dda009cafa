import type { SyntaxNode, SyntaxNodeRef, Tree } from "@lezer/common";
import { type Alias, expandAlias, readAlias } from "./aliases.ts";
import { maskComments } from "./mask.ts";
import { type Link, readChain, textOf } from "./read-chain.ts";
import { readRedeclared } from "./read-redeclared.ts";
import { readScriptAssertion } from "./read-script-assertion.ts";
import { namesOfCases, rowsOf, scriptTable } from "./read-tables.ts";
import { readTestCall, type TestCall } from "./read-test-call.ts";
import { Scopes } from "./scopes.ts";
import type { Suite } from "./suite.ts";

type ScriptReader = {
  text: string;
  scopes: Scopes;
  contexts: Set<string>;
  spine: { from: number; to: number };
  bodies: Set<number>;
  cases: Set<string>;
  aliases: Map<string, Alias>;
  helpers: Set<string>;
};

/** Reads the tests of a JavaScript or TypeScript file from its syntax tree. */
export function readScriptSuite(tree: Tree, { path, text: raw }: { path: string; text: string }): Suite {
  const text = maskComments(raw, tree);
  const reader: ScriptReader = {
    text,
    scopes: new Scopes(text, path),
    contexts: new Set(),
    spine: { from: -1, to: -1 },
    bodies: new Set(),
    cases: namesOfCases(text),
    aliases: new Map(),
    helpers: helpersIn(text),
  };
  tree.iterate({ enter: (node) => visit(node, reader) });
  return { ...reader.scopes.suite(), redeclared: readRedeclared(tree, text) };
}

const helper =
  /(?:\bfunction\s+(?<name>[A-Za-z_$][\w$]*)\s*\([^()]{0,200}\)|\bconst\s+(?<named>[A-Za-z_$][\w$]*)\s*=\s*(?:async\s*)?\([^()]{0,200}\)\s*=>)[^;{}\n]{0,60}\{?[^{}]{0,300}?\b(?:assert|expect)\b\s*[.(]/g;

/** The functions of a file by whatever name that assert: a call of one is an assertion, but of one that makes a test. */
function helpersIn(text: string): Set<string> {
  const names = [...text.matchAll(helper)].map(({ groups }) => groups?.name ?? groups?.named ?? "");
  return new Set(names.filter((name) => !/test|^it|describe|spec|skip/i.test(name)));
}

/** What is done on entering each kind of node. */
const visits: Record<string, (node: SyntaxNode, reader: ScriptReader) => void> = {
  CallExpression: visitChain,
  MemberExpression: visitChain,
  IfStatement: enterCondition,
  ReturnStatement: visitReturn,
  TryStatement: visitTry,
  ArrayExpression: visitTable,
  ObjectExpression: visitTable,
  VariableDeclaration: noteAlias,
  FunctionDeclaration: noteAlias,
};

function visit(node: SyntaxNodeRef, reader: ScriptReader): void {
  reader.scopes.moveTo(node.from);
  visits[node.name]?.(node.node, reader);
}

function enterCondition(node: SyntaxNode, { text, scopes }: ScriptReader): void {
  const condition = node.getChild("ParenthesizedExpression");
  const title = condition ? textOf(condition, text) : "";
  scopes.enter({ kind: "condition", from: node.from, to: node.to, title });
}

function noteAlias(node: SyntaxNode, { text, aliases }: ScriptReader): void {
  const found = readAlias(node, text);
  if (found) aliases.set(found.name, found.alias);
}

function visitTable(node: SyntaxNode, { text, scopes, cases }: ScriptReader): void {
  scopes.addTable(node.from, node.to);
  const table = scriptTable(node, text, cases);
  if (table) scopes.addRows(table.name, rowsOf(table.list, text));
}

function visitChain(node: SyntaxNode, reader: ScriptReader): void {
  const { spine } = reader;
  if (node.from === spine.from && node.to <= spine.to) return;
  reader.spine = { from: node.from, to: node.to };
  const { text, scopes, contexts, aliases, helpers } = reader;
  const chain = readChain(node, text);
  const named = expandAlias(chain, { aliases, text });
  const called = readTestCall(named.chain, text);
  const call = called && { ...called, skip: called.skip ?? named.skip };
  if (call) enterCall(call, node, reader);
  else if (skipsHere(chain)) skipCurrent(chain, node.from, reader);
  else {
    const assertion = readScriptAssertion(chain, { text, line: scopes.line(node.from), contexts, helpers });
    if (assertion) scopes.add({ ...assertion, place: { from: node.from, to: node.to } });
  }
}

/** What stands behind a `return` of the test's own body; one under a condition ends the test as well, at times. */
function visitReturn(node: SyntaxNode, { scopes, bodies }: ScriptReader): void {
  const inside = node.parent?.name === "Block" && !bodies.has(node.parent.from) ? node.parent : node;
  const statement = inside.parent?.name === "IfStatement" ? inside.parent : node;
  const body = statement.parent;
  if (body?.name === "Block" && bodies.has(body.from))
    scopes.enter({ kind: "cut off", from: statement.to, to: body.to });
}

function enterCall(
  call: TestCall,
  { from, to }: SyntaxNodeRef,
  { text, scopes, contexts, bodies }: ScriptReader,
): void {
  const line = scopes.line(from);
  const empty = call.rows?.length === 0 ? { how: "its table is empty", condition: "" } : undefined;
  const given = call.skip ?? empty;
  const skip = given && { ...given, line };
  scopes.enter({ kind: call.kind, from, to, title: call.name, skip, focused: call.focused });
  if (call.kind === "suite") return;
  const test = scopes.current();
  scopes.addRows("its table", call.rows ?? []);
  const block = call.body?.getChild("Block");
  if (block) {
    bodies.add(block.from);
    test.hollow = hollowness(block, text);
  }
  const parameters = call.body?.getChild("ParamList");
  if (parameters)
    for (const name of textOf(parameters, text).match(/[A-Za-z_$][\w$]*/g) ?? []) contexts.add(name);
}

function hollowness(block: SyntaxNode, text: string): "emptied" | "returns at once" | undefined {
  let first = block.firstChild?.nextSibling;
  while (first?.name.endsWith("Comment")) first = first.nextSibling;
  if (!first || first.name === "}") return "emptied";
  return /^return\s*(true|null|undefined)?\s*;?$/.test(textOf(first, text)) ? "returns at once" : undefined;
}

/** `this.skip()`, `t.skip("why")`, `test.skip(condition, "why")`, `pending()`: said within what is skipped. */
function skipsHere(chain: Link[]): boolean {
  const last = chain.at(-1);
  if (!last?.args || last.args.some(({ node }) => /Function/.test(node.name) && chain.length > 2))
    return false;
  if (chain.length === 1) return last.name === "pending" && last.args.length < 2;
  return (
    chain.length === 2 &&
    /^(skip|fixme)$/.test(last.name) &&
    /^(this|test|it|t|tap|st|ctx|context)$/.test(chain[0]?.name ?? "")
  );
}

function skipCurrent(chain: Link[], from: number, { text, scopes }: ScriptReader): void {
  const test = scopes.current();
  const [first] = chain.at(-1)?.args ?? [];
  const given = first && !/String$/.test(first.node.name) ? textOf(first, text) : "";
  const how = chain.map(({ name }) => name).join(".");
  const condition = scopes.condition() || (given === "true" ? "" : given);
  test.skip ??= { how: `${how}()`, line: scopes.line(from), condition };
}

/** A `catch` in which nothing fails makes the assertions of its `try` say nothing. */
function visitTry(node: SyntaxNode, { text, scopes }: ScriptReader): void {
  const block = node.getChild("Block");
  const handler = node.getChild("CatchClause")?.getChild("Block");
  if (
    block &&
    handler &&
    !/throw|assert|expect|fail|reject|done|\bt\b|\w\(\w*err/i.test(withoutLogging(textOf(handler, text)))
  )
    scopes.enter({ kind: "silence", from: block.from, to: block.to });
}

/** What is only written down is not heard by the runner. */
function withoutLogging(handler: string): string {
  return handler.replace(/\bconsole\.\w+\([^;{}]*\)/g, "");
}
