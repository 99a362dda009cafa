import type { SyntaxNode, Tree } from "@lezer/common";
import { grammarFor, parseTree } from "../weakened-tests/parse-tree.ts";
import { textOf } from "../weakened-tests/read-chain.ts";
import type { Assertion, Suite, TestCase } from "../weakened-tests/suite.ts";
import { plain } from "../weakened-tests/words.ts";
import { breakPython } from "./break-python.ts";
import { breakScript } from "./break-script.ts";
import { type Breakable, firstLine, namePattern } from "./breakable.ts";
import type { Break } from "./edit.ts";
import { partsOf } from "./parts-of.ts";

type Source = { path: string; text: string; tree: Tree };

/** The assertions of a test file in a language with a grammar, those of each test in their order. */
export function findInTree(suite: Suite, { path, text }: { path: string; text: string }): Breakable[] {
  const grammar = grammarFor(path);
  const tree = grammar && parseTree(grammar, text);
  if (!tree) return [];
  const source = { path, text, tree };
  // What a helper of the file asserts is broken where it stands, in the helper.
  const all = suite.cases.flatMap((test) =>
    test.assertions.filter((one) => !one.isHelperCall).map((assertion) => ({ test, assertion })),
  );
  return all.slice(0, mostInFile).flatMap(({ test, assertion }) => breakableOf(assertion, { test, source }));
}

function breakableOf(
  { place, key, line }: Assertion,
  { test, source }: { test: TestCase; source: Source },
): Breakable[] {
  const { path, text, tree } = source;
  const node = place && nodeAt(tree, place);
  if (!node) return [];
  const surroundings = surroundingsOf(node, text);
  const broken: Break = whyNot(test, surroundings) ?? breakerFor(path)(node, text);
  return [
    {
      ...{ path, line, text: firstLine(textOf(node, text)) },
      test: test.kind === "test" ? test.name : "",
      called: test.kind === "test" ? namePattern(test.name) : undefined,
      key: [key, linksBehind(node, text), ...surroundings.map(({ what }) => what)].join(" < "),
      edits: typeof broken === "string" ? [] : broken,
      why: typeof broken === "string" ? broken : "",
    },
  ];
}

/** What follows an assertion, such as a `catch`, may take its failure. */
function linksBehind(node: SyntaxNode, text: string): string {
  return partsOf(node, text)
    .slice(1)
    .map(({ name }) => name)
    .join(".");
}

function breakerFor(path: string): (node: SyntaxNode, text: string) => Break {
  return /\.pyi?$/.test(path) ? breakPython : breakScript;
}

function nodeAt(tree: Tree, { from, to }: { from: number; to: number }): SyntaxNode | undefined {
  let node: SyntaxNode | null = tree.resolveInner(from, 1);
  while (node && (node.from !== from || node.to < to)) node = node.parent;
  return node?.to === to ? node : undefined;
}

/** What stands around an assertion and may decide whether it is reached, or whether anybody hears of it. */
type Surrounding = { what: string; name: string; head: string };

/** Deeper than this nobody writes. */
const deepest = 30;
const headLength = 80;
/** More assertions than these no file has that a person wrote. */
const mostInFile = 2_000;

const scopes =
  /^(?:ArrowFunction|Function\w+|MethodDeclaration|ClassDefinition|Lambda\w*|TryStatement|CatchClause|FinallyClause|IfStatement|ConditionalExpression|LogicOp|SwitchStatement|WithStatement|For\w*|While\w*|DoStatement|LabeledStatement|CallExpression|\w*Comprehension\w*)$/;

function surroundingsOf(node: SyntaxNode, text: string): Surrounding[] {
  const found: Surrounding[] = [];
  for (let one = node.parent; one && found.length < deepest; one = one.parent) {
    if (!scopes.test(one.name)) continue;
    const head = headOf(one, text);
    found.push({ what: `${one.name} ${plain(head)}`, name: one.name, head });
  }
  return found;
}

/** What a call calls, what a statement asks for: not what stands inside. */
function headOf(node: SyntaxNode, text: string): string {
  if (node.name === "CallExpression") return calledName(node.firstChild ?? node, text);
  if (!/^(If|With|For|While|Conditional|Switch)/.test(node.name)) return "";
  const body = node.getChild("Block") ?? node.getChild("Body");
  const end = body && body.from > node.from ? body.from : node.from + headLength;
  return text.slice(node.from, Math.min(end, node.from + headLength));
}

function calledName(callee: SyntaxNode, text: string): string {
  const name = callee.name === "MemberExpression" ? (callee.lastChild ?? callee) : callee;
  return textOf(name, text).slice(0, headLength);
}

/** Conditions that hold on some machines: what stands under them need not be reached on this one. */
const machine =
  /platform|windows|win32|darwin|linux|macos|\bos\b|\barch\b|version|\bBun\b|\bDeno\b|browser|supports?|runtime|isCI/i;

function whyNot(test: TestCase, surroundings: Surrounding[]): string | undefined {
  if (test.skip) return "its test is skipped, or expected to fail";
  if (surroundings.some(({ name, head }) => /^(If|Conditional)/.test(name) && machine.test(head)))
    return "it depends on the machine";
  const isAbout = surroundings.some(
    ({ name, head }) =>
      (name === "CallExpression" && /^(throws|rejects|throwsAsync|throw|toThrow\w*)$/.test(head)) ||
      (name === "WithStatement" &&
        /raises/i.test(head) &&
        /AssertionError|fail\.Exception|Failed\b|failureException/.test(head)),
  );
  return isAbout ? "it stands where assertions are expected to fail" : undefined;
}
