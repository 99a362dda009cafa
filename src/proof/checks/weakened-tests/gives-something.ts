import type { SyntaxNode } from "@lezer/common";
import { functionNames, grammarFor, parseTree } from "./parse-tree.ts";

/** What is something whatever stands inside; in Python an empty list is nothing. */
const something =
  /^(ArrayExpression|ObjectExpression|NewExpression|ArrowFunction|FunctionExpression|RegExp)$/;
const somethingInPython = /^(TupleExpression|ArrayExpression|DictionaryExpression)$/;

/** The names of those functions of a file of code that give something true on each way, whatever they compute. */
export function givesSomething(path: string, text: string): string[] {
  const grammar = grammarFor(path);
  const tree = grammar && parseTree(grammar, text);
  const isSomething = somethingFor(path);
  const names: string[] = [];
  tree?.iterate({
    enter: ({ name, node }) => {
      if (!functionNames.test(name)) return;
      const own = nameOf(node, text);
      if (own !== "" && givesOnly(node, isSomething)) names.push(own);
    },
  });
  return names;
}

function somethingFor(path: string): (value: SyntaxNode) => boolean {
  if (!/\.pyi?$/.test(path)) return ({ name }) => something.test(name);
  return (value) => somethingInPython.test(value.name) && value.to - value.from > "()".length;
}

function nameOf(node: SyntaxNode, text: string): string {
  const around = node.parent?.name === "VariableDeclaration" ? node.parent : null;
  const found =
    node.getChild("VariableDefinition") ??
    node.getChild("VariableName") ??
    node.getChild("PropertyDefinition") ??
    around?.getChild("VariableDefinition");
  return found ? text.slice(found.from, found.to) : "";
}

function givesOnly(node: SyntaxNode, isSomething: (value: SyntaxNode) => boolean): boolean {
  const body = node.getChild("Block") ?? node.getChild("Body");
  if (!body) return node.lastChild !== null && isSomething(inside(node.lastChild));
  const last = lastStatement(body);
  if (!last || !/^(Return|Throw|Raise)Statement$/.test(last.name)) return false;
  const returned = returnsIn(body);
  return returned.length > 0 && returned.every((value) => value !== undefined && isSomething(inside(value)));
}

function inside(value: SyntaxNode): SyntaxNode {
  const only = value.name === "ParenthesizedExpression" ? value.firstChild?.nextSibling : undefined;
  return only ?? value;
}

function lastStatement(body: SyntaxNode): SyntaxNode | undefined {
  for (let at = body.lastChild; at; at = at.prevSibling) if (/Statement$/.test(at.name)) return at;
  return undefined;
}

/** What the returns of a function give, those of functions inside of it left out. */
function returnsIn(body: SyntaxNode): (SyntaxNode | undefined)[] {
  const returned: (SyntaxNode | undefined)[] = [];
  body.cursor().iterate(({ name, node }) => {
    if (functionNames.test(name)) return false;
    if (name !== "ReturnStatement") return undefined;
    const value = node.firstChild?.nextSibling;
    returned.push(value && value.name !== ";" ? value : undefined);
    return undefined;
  });
  return returned;
}
