import type { SyntaxNode, Tree } from "@lezer/common";
import { lineFinder } from "../../../domain/text/line-starts.ts";
import { functionNames } from "../weakened-tests/parse-tree.ts";

/** A statement or a condition as it is looked at: its text without blocks inside, and what follows from a condition. */
export type CodeUnit = { node: SyntaxNode; line: number; text: string; body: string; name: string };

/** How much of a statement is looked at: a longer one is data. */
const longest = 1_500;

const statements =
  /^(VariableDeclaration|ExpressionStatement|ReturnStatement|AssignStatement|AssertStatement)$/;
const heads = /^(IfStatement|WhileStatement|SwitchStatement|MatchStatement)$/;
const blocks = /^(Block|Body|ClassBody|SwitchBody|MatchBody)$/;

/** The statements and conditions of a file, in their order; `text` has blanks for comments. */
export function unitsOf(tree: Tree, text: string): CodeUnit[] {
  const units: CodeUnit[] = [];
  const lines = lineFinder(text);
  tree.iterate({
    enter: ({ name, node }) => {
      if (statements.test(name)) {
        const own = text.slice(node.from, Math.min(firstBlock(node) ?? node.to, node.from + longest));
        units.push({ node, line: lines(node.from), text: own, body: "", name: declaredIn(own) });
      } else if (heads.test(name))
        for (const head of headsOf(node, text))
          units.push({ ...head, node, line: lines(head.from), name: "" });
    },
  });
  return units;
}

/** Each condition of a statement with the branch behind it: Python writes `elif` into the same node. */
function headsOf(node: SyntaxNode, text: string): { from: number; text: string; body: string }[] {
  const found: { from: number; text: string; body: string }[] = [];
  for (let child = node.firstChild?.nextSibling ?? null; child; child = child.nextSibling) {
    const next = child.nextSibling;
    const isHead = child.name === "ParenthesizedExpression" || (next && blocks.test(next.name));
    if (!isHead || child.name === "else") continue;
    const body = next ? text.slice(next.from, Math.min(next.to, next.from + longest)) : "";
    found.push({ from: child.from, text: text.slice(child.from, child.to).slice(0, longest), body });
  }
  return found;
}

function firstBlock(node: SyntaxNode): number | undefined {
  const cursor = node.cursor();
  const end = Math.min(node.to, node.from + longest);
  while (cursor.next() && cursor.from < end) if (blocks.test(cursor.name)) return cursor.from;
  return undefined;
}

function declaredIn(text: string): string {
  const found = /^(?:(?:const|let|var)\s+)?(?<name>[A-Za-z_$][\w$]*)\s*(?::[^=\n]{1,80})?=(?![=>])/.exec(
    text,
  );
  return found?.groups?.name ?? "";
}

/** The innermost function around a node, and the name that it has there. */
export function functionAround(
  node: SyntaxNode,
  text: string,
): { node: SyntaxNode; name: string } | undefined {
  for (let at = node.parent; at; at = at.parent)
    if (functionNames.test(at.name)) return { node: at, name: unitName(at, text) };
  return undefined;
}

function unitName(node: SyntaxNode, text: string): string {
  const own = node.getChild("VariableDefinition") ?? node.getChild("VariableName");
  const named = own ?? node.getChild("PropertyDefinition");
  const around =
    node.parent?.name === "VariableDeclaration" ? node.parent.getChild("VariableDefinition") : null;
  const found = node.name === "ArrowFunction" ? around : (named ?? around);
  return found ? text.slice(found.from, found.to) : "";
}
