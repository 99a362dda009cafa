import type { SyntaxNode } from "@lezer/common";
import { itemsOf, type ListedNode, textOf } from "../weakened-tests/read-chain.ts";

/** One link of a chain such as `expect(a).not.toBe(b)`, and where it stands: `from` is before its dot, `to` behind its name. */
export type ChainPart = {
  name: string;
  from: number;
  to: number;
  /** The brackets behind it, where it is called. */
  call: { from: number; to: number; items: ListedNode[] } | undefined;
};

/** Links beyond this are left out: no assertion is that long. */
const longest = 64;

type Walk = { parts: ChainPart[]; call: ChainPart["call"]; text: string };

/** Reads a chain from its root to its end, with the places of its links; none where it is no chain of names. */
export function partsOf(end: SyntaxNode, text: string): ChainPart[] {
  const walk: Walk = { parts: [], call: undefined, text };
  for (let node: SyntaxNode | null = end; node && walk.parts.length < longest; ) node = walkNode(node, walk);
  return walk.parts.reverse();
}

/** Adds what a node has to say; the node to go on with. */
function walkNode(node: SyntaxNode, walk: Walk): SyntaxNode | null {
  const { parts, call, text } = walk;
  if (node.name === "CallExpression") {
    walk.call = callOf(node);
    return node.firstChild;
  }
  if (node.name === "MemberExpression") {
    parts.push({ name: plainMember(node, text), from: node.firstChild?.to ?? node.from, to: node.to, call });
    walk.call = undefined;
    return node.firstChild;
  }
  const inner = innerExpression(node);
  if (!inner) parts.push({ name: textOf(node, text), from: node.from, to: node.to, call });
  return inner;
}

function innerExpression(node: SyntaxNode): SyntaxNode | null {
  if (node.name === "AwaitExpression") return node.lastChild;
  return node.name === "ParenthesizedExpression" ? (itemsOf(node)[0]?.node ?? null) : null;
}

function callOf(node: SyntaxNode): ChainPart["call"] {
  const list = node.getChild("ArgList");
  return list ? { from: list.from, to: list.to, items: itemsOf(list) } : undefined;
}

function plainMember(member: SyntaxNode, text: string): string {
  const last = member.lastChild;
  return last && last.name !== "]" ? textOf(last, text) : "";
}
