import type { SyntaxNode, Tree } from "@lezer/common";
import type { CodeUnit } from "./code-unit.ts";
import { type Suspicion, suspect } from "./suspicion.ts";

const libraries =
  "(?:node:)?assert(?:/strict)?|chai|expect|expect\\.js|should|unexpected|power-assert|vitest|@jest/globals|(?:node:)?test";
const brought = [
  new RegExp(`\\bimport\\s+(?<names>[^;"']{1,300}?)\\s+from\\s*["'](?:${libraries})["']`, "g"),
  new RegExp(
    `\\b(?:const|let|var)\\s+(?<names>[^=;]{1,300}?)\\s*=\\s*require\\(\\s*["'](?:${libraries})["']`,
    "g",
  ),
];
const message = "This code replaces a part of an assertion library.";
const python =
  /^(?:(?:unittest\.)?(?:case\.)?(?:TestCase|IsolatedAsyncioTestCase)|pytest|builtins\.AssertionError|(?:np|numpy)\.testing)\.\w+\s*=[^=]|^builtins\.AssertionError\s*=[^=]|^setattr\(\s*(?:unittest\.)?(?:TestCase|pytest|builtins)\b/;
const runnersOwn =
  /^(?:globalThis|global|window)(?:\.|\[["'])(?:expect|assert|it|test|describe)\b(?:["']\])?\s*=[^=]|^Object\.defineProperty\(\s*(?:globalThis|global)\s*,\s*["'](?:expect|assert)["']|^util\.isDeepStrictEqual\s*=[^=]/;

/** Finds writes to assertion libraries. A function of the file's own called `assert` is nobody else's library. */
export function findPatches({ units, text }: { units: CodeUnit[]; text: string }): Suspicion[] {
  const names = broughtNames(text);
  if (!/\b(?:function|const|let|var|class)\s+expect\b/.test(text)) names.add("expect");
  // Without any name the pattern must match nothing, not everything.
  const list = [...names].map((name) => name.replaceAll("$", "\\$")).join("|") || "(?!)";
  const member = new RegExp(
    `^(?:${list})(?:\\.[\\w$]+|\\[["'][\\w$]+["']\\])+\\s*=[^=>]|^(?:Object\\.(?:definePropert(?:y|ies)|assign)|Reflect\\.(?:set|defineProperty))\\(\\s*(?:${list})\\b`,
  );
  return units
    .filter(({ text: own }) => member.test(own) || runnersOwn.test(own) || python.test(own))
    .map((unit) => suspect(unit.line, { about: unit.text, message }));
}

function broughtNames(text: string): Set<string> {
  const found = brought.flatMap((pattern) => [...text.matchAll(pattern)]);
  const words = found.flatMap(({ groups }) => groups?.names?.match(/[A-Za-z_$][\w$]*/g) ?? []);
  return new Set(words.filter((word) => !/^(as|type|default)$/.test(word)));
}

const constant = "(?:true|-?\\d[\\d._]*|\"[^\"]*\"|'[^']*'|`[^`$]*`)";
const equality = "equals|isEqual|valueOf|asymmetricMatch|\\[Symbol\\.(?:toPrimitive|hasInstance)\\]";
const given = "(?:function\\b[^(]{0,40})?\\([^)]*\\)\\s*(?::\\s*[^={]{1,60})?\\s*(?:=>)?\\s*";
const scriptEquality = new RegExp(
  `(?:^|\\s|\\.)(?:${equality})\\s*[:=]?\\s*${given}(?:\\{\\s*return\\s+${constant}\\s*;?\\s*\\}|\\(?${constant}\\)?)\\s*;?$`,
);
const pythonEquality =
  /^(?:def\s+__(?:eq|ne)__\([^)]*\)(?:\s*->\s*\w+)?\s*:\s*(?:"""[^"]*"""\s*)?return\s+True|__eq__\s*=\s*lambda[^:]*:\s*True)\s*$/;
const holders =
  /^(MethodDeclaration|Property|PropertyDeclaration|ExpressionStatement|FunctionDefinition|AssignStatement)$/;

/** Finds equality, and values for comparing, that are the same whatever is compared. */
export function findConstantEquality(tree: Tree, text: string): Suspicion[] {
  const found: Suspicion[] = [];
  const look = (node: SyntaxNode): void => {
    if (node.to - node.from > 300 || found.length >= 50) return;
    const own = text.slice(node.from, node.to).trim();
    if (!scriptEquality.test(own) && !pythonEquality.test(own)) return;
    const line = text.slice(0, node.from).split("\n").length;
    found.push(
      suspect(line, { about: own, message: "This comparison gives the same answer whatever is compared." }),
    );
  };
  tree.iterate({ enter: ({ name, node }) => (holders.test(name) ? look(node) : undefined) });
  return [...found, ...findNumbersOfTheirOwn(text)];
}

/** A class over a number of Python's that says itself what equals it: what is compared then is not the number. */
const ownNumber =
  /^(?<indent>[ \t]*)class\s+\w+\(\s*(?:int|float|bool|complex|(?:decimal\.)?Decimal|(?:fractions\.)?Fraction)\s*\)\s*:(?:\n(?:\k<indent>[ \t]+[^\n]*)?)*?\n\k<indent>[ \t]+(?:def\s+__(?:eq|ne)__\b|__eq__\s*=)/gm;

function findNumbersOfTheirOwn(text: string): Suspicion[] {
  return [...text.matchAll(ownNumber)].slice(0, 50).map(({ index, 0: about }) =>
    suspect(text.slice(0, index).split("\n").length, {
      about,
      message: "This kind of number decides by itself what equals it.",
    }),
  );
}
