import type { SyntaxNode } from "@lezer/common";
import { itemsOf, textOf } from "./read-chain.ts";
import { plain } from "./words.ts";

/** Names that a loop, a parametrised test or a method of lists takes its cases from. */
const uses = [
  /\bof\s+(?:Object\.(?:entries|keys|values)\(\s*)?(?<name>[A-Za-z_$][\w$]*)/g,
  /\.(?:each|for|entries|keys|values)\(\s*(?<name>[A-Za-z_$][\w$]*)\s*\)/g,
  /\b(?<name>[A-Za-z_$][\w$]*)\.(?:forEach|map|items|values|keys)\(/g,
  /\bin\s+(?:(?:sorted|enumerate|list|tuple|reversed)\(\s*)?(?:self\.|cls\.)?(?<name>[A-Za-z_]\w*)/g,
  /\b(?:parametrize|expand)\((?:\s*["'\w ,]{1,200}["'],)?\s*(?<name>[A-Za-z_]\w*)\s*[,)]/g,
];

/** The names in a text without comments that are used as lists of cases. */
export function namesOfCases(text: string): Set<string> {
  return new Set(uses.flatMap((use) => [...text.matchAll(use)].map(({ groups }) => groups?.name ?? "")));
}

/** A list of cases in a file: its name, and the node that holds its rows. */
export type FoundTable = { name: string; list: SyntaxNode };

/**
 * The table that a list or an object of a script is: one under a name whose rows are lists or objects, or which is used
 * as cases, or one that a loop runs over.
 */
export function scriptTable(list: SyntaxNode, text: string, cases: Set<string>): FoundTable | undefined {
  const parent = list.parent?.name === "BinaryExpression" ? list.parent : list;
  const around = parent.parent;
  const isList = list.name === "ArrayExpression";
  if (isList && around?.name === "ForOfSpec") return { name: "a loop", list };
  const method = around?.name === "MemberExpression" ? around.lastChild : null;
  if (isList && method && textOf(method, text) === "forEach") return { name: "a loop", list };
  const definition = around?.name === "VariableDeclaration" ? definitionBefore(parent) : undefined;
  if (!definition) return undefined;
  const name = textOf(definition, text);
  return cases.has(name) || (isList && holdsRows(list)) ? { name, list } : undefined;
}

function definitionBefore(value: SyntaxNode): SyntaxNode | undefined {
  let node = value.prevSibling;
  while (node && node.name !== "VariableDefinition" && node.name !== ",") node = node.prevSibling;
  return node?.name === "VariableDefinition" ? node : undefined;
}

/** The table that a list, a tuple or a dictionary of Python is. */
export function pythonTable(list: SyntaxNode, text: string, cases: Set<string>): FoundTable | undefined {
  if (list.parent?.name !== "AssignStatement") return undefined;
  const target = list.parent.firstChild;
  if (!target || target.from === list.from) return undefined;
  const name = textOf(target, text);
  const isTable = cases.has(name) || (list.name === "ArrayExpression" && holdsRows(list));
  return isTable ? { name, list } : undefined;
}

function holdsRows(list: SyntaxNode): boolean {
  const rows = itemsOf(list);
  return (
    rows.length > 0 && rows.every(({ node }) => /^(Array|Object|Tuple|Dictionary)Expression$/.test(node.name))
  );
}

/** The rows of a list as they are compared. */
export function rowsOf(list: SyntaxNode, text: string): string[] {
  return itemsOf(list).map((row) => plain(textOf(row, text)));
}
