import type { SyntaxNode } from "@lezer/common";
import { type Link, textOf } from "./read-chain.ts";
import type { Skip } from "./suite.ts";

/** What a name of a file's own stands for: the names of the runner, and when the tests behind it do not run. */
export type Alias = { names: string[]; condition: string | undefined; isAsked: boolean };

const reference =
  /^(?:(?:global|globalThis)\.)?(?<names>[xf]?(?:it|test|describe|context|suite|specify)(?:\.(?:skip|only|todo|concurrent|sequential|serial|fixme))*)$/;
const never = /^x|\.(skip|todo|fixme)$/;

/** Reads a declaration such as `const testHere = condition ? test : test.skip`, or a function that gives one of these. */
export function readAlias(declaration: SyntaxNode, text: string): { name: string; alias: Alias } | undefined {
  const name = declaration.getChild("VariableDefinition");
  const value =
    declaration.name === "FunctionDeclaration"
      ? returned(declaration)
      : declaration.getChild("Equals")?.nextSibling;
  if (!name || !value) return undefined;
  const isFunction = declaration.name === "FunctionDeclaration" || value.name === "ArrowFunction";
  const given = unwrapped(value.name === "ArrowFunction" ? (returned(value) ?? value.lastChild) : value);
  const alias = given && aliasOf(given, text);
  return alias ? { name: textOf(name, text), alias: { ...alias, isAsked: isFunction } } : undefined;
}

function returned(node: SyntaxNode): SyntaxNode | null | undefined {
  return node.getChild("Block")?.getChild("ReturnStatement")?.firstChild?.nextSibling;
}

function unwrapped(node: SyntaxNode | null): SyntaxNode | null | undefined {
  return node?.name === "ParenthesizedExpression" ? node.firstChild?.nextSibling : node;
}

function aliasOf(value: SyntaxNode, text: string): Omit<Alias, "isAsked"> | undefined {
  const alone = referencedName(value, text);
  if (alone) return { names: alone.split("."), condition: undefined };
  if (value.name !== "ConditionalExpression") return undefined;
  const [asked, ...branches] = childrenOf(value).filter(({ name }) => name !== "LogicOp");
  const names = branches.map((branch) => referencedName(branch, text));
  const runs = names.find((each) => each !== undefined && !never.test(each));
  if (!runs || !asked) return undefined;
  const mayRest = names.some((each) => each === undefined || never.test(each));
  return { names: runs.split("."), condition: mayRest ? textOf(asked, text) : undefined };
}

function referencedName(node: SyntaxNode, text: string): string | undefined {
  return node.to - node.from > 100 ? undefined : reference.exec(textOf(node, text))?.groups?.names;
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

/** A chain in the runner's own names, and why its tests may not run. */
export function expandAlias(
  chain: Link[],
  { aliases, text }: { aliases: Map<string, Alias>; text: string },
): { chain: Link[]; skip: Omit<Skip, "line"> | undefined } {
  const [root, ...rest] = chain;
  const alias = root && aliases.get(root.name);
  if (!alias || !root || (alias.isAsked && rest[0]?.name !== "()")) return { chain, skip: undefined };
  const args = alias.isAsked ? undefined : root.args;
  const names = alias.names.map((name, index) => ({
    name,
    args: index + 1 < alias.names.length ? undefined : args,
  }));
  const asked = alias.isAsked && root.args?.[0] ? textOf(root.args[0], text) : alias.condition;
  const skip = alias.condition === undefined ? undefined : { how: root.name, condition: asked ?? "" };
  return { chain: [...names, ...rest], skip };
}
