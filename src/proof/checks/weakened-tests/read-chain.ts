import type { SyntaxNode } from "@lezer/common";

/** One link of a chain such as `expect(a).not.toBe(b)`: a name and, where it is called, its arguments. */
export type Link = { name: string; args: ListedNode[] | undefined };

/** What stands between two commas: where, and its first node. */
export type ListedNode = { from: number; to: number; node: SyntaxNode };

/** Links beyond this are left out: no assertion is that long. */
const longest = 64;

/** The text of a node, at most so much of it as tells it apart. */
export function textOf(node: { from: number; to: number }, text: string): string {
  return text.slice(node.from, Math.min(node.to, node.from + 2_000));
}

/** What stands between a node's brackets, comma by comma. */
export function itemsOf(node: SyntaxNode | null): ListedNode[] {
  const items: ListedNode[] = [];
  let open: ListedNode | undefined;
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling) {
    if (child.name === ",") open = undefined;
    else if (!/^[([{\])}]$|Comment$|^TypeArgList$/.test(child.name)) {
      if (!open) items.push({ from: child.from, to: child.to, node: child });
      open = items.at(-1) as ListedNode;
      open.to = child.to;
    }
  }
  return items;
}

type ChainWalk = { links: Link[]; called: ListedNode[] | undefined; text: string };

/** What a kind of node adds to a chain; the node to go on with. */
type ChainStep = (node: SyntaxNode, walk: ChainWalk) => SyntaxNode | null;
const steps: Record<string, ChainStep> = {
  CallExpression(node, walk) {
    if (walk.called) walk.links.push({ name: "()", args: walk.called });
    walk.called = itemsOf(node.getChild("ArgList"));
    return node.firstChild;
  },
  TaggedTemplateExpression(node, walk) {
    walk.called = templateOf(node);
    return node.firstChild;
  },
  MemberExpression(node, walk) {
    walk.links.push({ name: memberName(node, walk.text), args: walk.called });
    walk.called = undefined;
    return node.firstChild;
  },
  AwaitExpression: (node) => node.lastChild,
  ParenthesizedExpression: (node) => itemsOf(node)[0]?.node ?? null,
};

/** Reads a call or a member expression from its end to its root, in the languages whose trees name them alike. */
export function readChain(end: SyntaxNode, text: string): Link[] {
  const walk: ChainWalk = { links: [], called: undefined, text };
  let node: SyntaxNode | null = end;
  while (node && walk.links.length < longest) {
    const step: ChainStep | undefined = steps[node.name];
    if (step) node = step(node, walk);
    else {
      const name = textOf(node, text);
      walk.links.push({ name: /^[\w$]+$/.test(name) ? name : "", args: walk.called });
      node = null;
    }
  }
  return walk.links.reverse();
}

function memberName(member: SyntaxNode, text: string): string {
  const last = member.lastChild;
  if (!last) return "";
  const name = last.name === "]" ? (last.prevSibling ?? last) : last;
  return textOf(name, text).replace(/^["'`]|["'`]$/g, "");
}

function templateOf(tagged: SyntaxNode): ListedNode[] {
  const node = tagged.getChild("TemplateString");
  return node ? [{ from: node.from, to: node.to, node }] : [];
}
