import { lineFinder } from "../../../domain/text/line-starts.ts";
import type { CodeUnit } from "./code-unit.ts";
import { type Suspicion, suspect } from "./suspicion.ts";

const objects = "Math|Object|Number|JSON|Date|String|Array|Reflect|RegExp|Boolean|Map|Set|Intl";
const script = new RegExp(
  `^(?:globalThis\\.)?(?<owner>${objects})(?:\\.prototype)?\\.(?<member>[\\w$]+)\\s*=(?![=>])|^(?:Object\\.(?:definePropert(?:y|ies)|assign)|Reflect\\.(?:set|defineProperty))\\(\\s*(?:globalThis\\.)?(?<target>${objects})(?:\\.prototype)?\\s*,(?:\\s*["'](?<key>\\w+)["'])?`,
);
const modules =
  "math|cmath|datetime|time|random|operator|functools|itertools|decimal|fractions|statistics|json|re|string|builtins";
const python = new RegExp(
  `^(?<owner>${modules})\\.(?<member>[A-Za-z]\\w*)\\s*=(?!=)|^setattr\\(\\s*(?<target>${modules})\\s*,\\s*["'](?<key>\\w+)["']`,
);

/** Finds writes to what the language gives to all code, so that every other module gets it too. */
export function findReplaced(
  path: string,
  { units, text }: { units: CodeUnit[]; text: string },
): Suspicion[] {
  const isPython = path.endsWith(".py");
  return units.flatMap((unit) => {
    const found = (isPython ? python : script).exec(unit.text)?.groups;
    const [owner = "", member = ""] = [found?.owner ?? found?.target, found?.member ?? found?.key];
    if (!found || (isPython ? !brings(owner, text) : isOwn(owner, text) || fillsGap(member, { path, text })))
      return [];
    return [
      suspect(unit.line, {
        about: unit.text,
        message: "This code replaces what the language gives to all code.",
      }),
    ];
  });
}

const brings = (module: string, text: string): boolean =>
  new RegExp(`^\\s*import\\s+(?:[\\w., ]+,\\s*)?${module}\\b`, "m").test(text);

/** A class of the file's own that is called as the language's. */
const isOwn = (owner: string, text: string): boolean =>
  new RegExp(`\\b(?:function|class|const|let|var|import)\\s+(?:\\{[^}]*\\b)?${owner}\\b`).test(text);

/** What fills a gap of an older engine asks first whether there is one. */
function fillsGap(member: string, { path, text }: { path: string; text: string }): boolean {
  if (/polyfill|shim|ponyfill|compat/i.test(path)) return true;
  return new RegExp(
    `(?:!|typeof\\s+|if\\s*\\()[\\w.]*\\.${member}\\b|["']${member}["']\\s+in\\b|\\.${member}\\s*(?:\\|\\||\\?\\?|={2,3}\\s*undefined)`,
  ).test(text);
}

/** Libraries that make doubles and values that equal everything: code that ships has no use for them. */
const doubles =
  /^[ \t]*(?:from\s+unittest\.mock\s+import|from\s+unittest\s+import\s+mock|import\s+unittest\.mock|from\s+mock\s+import)\b.*|^[ \t]*import\b[^;"']{0,300}["'](?:node:test|sinon|@jest\/globals|testdouble)["']|^[^\n]*\brequire\(\s*["'](?:node:test|sinon|@jest\/globals|testdouble)["']\)/gm;
const servesTests = /test|mock|spec|bench|fixture|stub|fake|double/i;

/** Finds where code brings in a library of tests. */
export function findDoubles(path: string, text: string): Suspicion[] {
  if (servesTests.test(path)) return [];
  const lines = lineFinder(text);
  return [...text.matchAll(doubles)].slice(0, 5).map(({ index, 0: about }) =>
    suspect(lines(index + about.search(/\S/)), {
      about,
      message: "This code brings in a library of tests.",
    }),
  );
}
