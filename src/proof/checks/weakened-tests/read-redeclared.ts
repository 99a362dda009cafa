import type { SyntaxNode, Tree } from "@lezer/common";
import { lineFinder } from "../../../domain/text/line-starts.ts";
import { textOf } from "./read-chain.ts";
import type { Redeclared } from "./suite.ts";

/** Decorators under which a second definition is meant: a property's setter, a signature, another kind of argument. */
const meant = /\.(?:setter|getter|deleter|register)\b|\boverload\b/;

/** Finds functions, classes and methods that are declared again in the same scope; under a condition they are not. */
export function readRedeclared(tree: Tree, text: string): Redeclared[] {
  const lineAt = lineFinder(text);
  const known = new Set<string>();
  const redeclared: Redeclared[] = [];
  tree.iterate({
    enter: ({ node }) => {
      const name = declared(node, text);
      if (!name) return;
      const around = node.parent?.name === "DecoratedStatement" ? node.parent : node;
      const key = `${around.parent?.from}-${around.parent?.to} ${name}`;
      if (known.has(key)) redeclared.push({ name, line: lineAt(node.from) });
      if (node.name !== "AssignStatement") known.add(key);
    },
  });
  return redeclared;
}

function declared(node: SyntaxNode, text: string): string | undefined {
  const read = readers[node.name];
  const name = read?.(node, text);
  return name ? textOf(name, text) : undefined;
}

/** The node of the name that a declaration gives, if a second one of that name would hide it. */
const readers: Record<string, (node: SyntaxNode, text: string) => SyntaxNode | null | undefined> = {
  FunctionDeclaration: (node) => (node.getChild("Block") ? node.getChild("VariableDefinition") : undefined),
  MethodDeclaration: (node) =>
    node.getChild("Block") && !node.getChild("get") && !node.getChild("set") && !node.getChild("static")
      ? node.getChild("PropertyDefinition")
      : undefined,
  FunctionDefinition: redeclaredName,
  ClassDefinition: redeclaredName,
  AssignStatement: (node, text) => {
    const target = node.firstChild;
    const isTest = target?.name === "VariableName" && /^test/i.test(textOf(target, text));
    return isTest && isOwn(node) ? target : undefined;
  },
};

function redeclaredName(node: SyntaxNode, text: string): SyntaxNode | null | undefined {
  const around = node.parent?.name === "DecoratedStatement" ? node.parent : node;
  const decorators = around === node ? [] : around.getChildren("Decorator");
  if (!isOwn(around) || decorators.some((each) => meant.test(textOf(each, text)))) return undefined;
  return node.getChild("VariableName");
}

/** Whether a definition of Python stands right in its file or its class, and not under a condition. */
function isOwn({ parent }: SyntaxNode): boolean {
  return parent?.name === "Script" || (parent?.name === "Body" && parent.parent?.name === "ClassDefinition");
}
