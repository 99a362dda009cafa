import type { SyntaxNode } from "@lezer/common";
import { itemsOf, type Link, type ListedNode, textOf } from "./read-chain.ts";
import { rowsOf } from "./read-tables.ts";
import type { Skip } from "./suite.ts";

/** A call that registers a test or a suite. */
export type TestCall = {
  kind: "test" | "suite";
  name: string;
  skip: Omit<Skip, "line"> | undefined;
  focused: boolean;
  body: SyntaxNode | undefined;
  rows: string[] | undefined;
};

const tests = /^([xf]?(it|test|specify)|tape)$/;
const suites = /^[xf]?(describe|context|suite)$/;
const modifiers =
  /^(skip|only|todo|fixme|fails|failing|fail|each|for|concurrent|sequential|serial|parallel|skipIf|runIf|describe|test|it|subtest|\(\))$/;

/** Reads a chain as the registration of a test or a suite, if it is one. */
export function readTestCall(chain: Link[], text: string): TestCall | undefined {
  const call = chain.at(-1);
  const names = chain.map(({ name }) => name);
  const [root = "", ...rest] = names;
  if (!call?.args) return undefined;
  const kind = kindOf(root, rest);
  const body = call.args.find(({ node }) => /^(ArrowFunction|FunctionExpression)$/.test(node.name))?.node;
  if (!kind || !(body ?? isNamed(call.args, { root, text }))) return undefined;
  if (kind === "suite" && !body) return undefined;
  return {
    kind,
    name: testTitle(call.args[0], text),
    skip: skipOf(chain, { body, text }),
    focused:
      /^f(it|test|describe|context)$/.test(root) ||
      rest.includes("only") ||
      optionOf(call.args, { name: "only", text }) !== undefined,
    body,
    rows: casesOf(chain, text),
  };
}

function kindOf(root: string, rest: string[]): TestCall["kind"] | undefined {
  if (suites.test(root)) return rest.every((name) => modifiers.test(name)) ? "suite" : undefined;
  if (tests.test(root) && rest.every((name) => modifiers.test(name)))
    return rest.includes("describe") ? "suite" : "test";
  const own = rest.findIndex((name) => /^(test|it|subtest)$/.test(name));
  return own >= 0 && rest.slice(own).every((name) => modifiers.test(name)) ? "test" : undefined;
}

/** Without a function in sight it is a test only if it has a title and the framework's own name. */
function isNamed(args: ListedNode[], { root, text }: { root: string; text: string }): boolean {
  const [title, body] = args;
  if (!tests.test(root) || !/String$/.test(title?.node.name ?? "")) return false;
  return !body || body.node.name === "VariableName" || textOf(body, text).startsWith("{");
}

function testTitle(item: ListedNode | undefined, text: string): string {
  if (!item || /Function/.test(item.node.name)) return "";
  return textOf(item, text)
    .slice(0, 300)
    .replace(/^["'`]|["'`]$/g, "");
}

function skipOf(
  chain: Link[],
  { body, text }: { body: SyntaxNode | undefined; text: string },
): TestCall["skip"] {
  const args = chain.at(-1)?.args ?? [];
  return (
    skipByName(chain, text) ??
    skipByOption(args, text) ??
    (body || args.length > 1 ? undefined : { how: "no body", condition: "" })
  );
}

function skipByName(chain: Link[], text: string): TestCall["skip"] {
  const root = chain[0]?.name ?? "";
  if (/^x/.test(root)) return { how: root, condition: "" };
  const marked = chain.find(({ name }) => /^(skip|todo|fixme|fails|failing|fail)$/.test(name));
  if (marked) return { how: `.${marked.name}`, condition: "" };
  const gate = chain.find(({ name }) => /^(skipIf|runIf)$/.test(name));
  const condition = gate?.args?.[0] ? textOf(gate.args[0], text) : "";
  return (
    gate && { how: `.${gate.name}`, condition: condition === String(gate.name === "skipIf") ? "" : condition }
  );
}

function skipByOption(args: ListedNode[], text: string): TestCall["skip"] {
  for (const name of ["skip", "todo"]) {
    const value = optionOf(args, { name, text });
    if (value && !/^(false|undefined|null|0)$/.test(value))
      return { how: `the option ${name}`, condition: /^(true|["'`1])/.test(value) ? "" : value };
  }
  return undefined;
}

function optionOf(args: ListedNode[], { name, text }: { name: string; text: string }): string | undefined {
  const options = args.find(({ node }) => node.name === "ObjectExpression")?.node ?? null;
  for (const { node } of itemsOf(options)) {
    const key = node.firstChild;
    if (key && textOf(key, text).replace(/["']/g, "") === name)
      return node.lastChild && node.lastChild.from !== key.from ? textOf(node.lastChild, text) : name;
  }
  return undefined;
}

function casesOf(chain: Link[], text: string): string[] | undefined {
  const table = chain.find(({ name }) => name === "each" || name === "for")?.args?.[0]?.node;
  if (table?.name === "ArrayExpression") return rowsOf(table, text);
  return table?.name === "TemplateString"
    ? table.getChildren("Interpolation").map((each) => textOf(each, text))
    : undefined;
}
