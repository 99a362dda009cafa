import { posix } from "node:path";
import { isTestPath } from "../../../domain/paths/test-path.ts";
import { lineFinder } from "../../../domain/text/line-starts.ts";
import { maskCode } from "./mask-code.ts";

/** A name that a test file has from a module: `original` is what the module calls it, and `*` the module itself. */
export type Binding = { name: string; original: string; module: string; isCode: boolean };

/** What a test file takes from elsewhere, what it declares itself, and what it replaces; lines from 1. */
export type Bindings = {
  imported: Binding[];
  declared: Map<string, number>;
  replaced: { target: string; line: number }[];
};

const python = /\.pyi?$/;
/** Tried on a text in which every run of blanks is one: there no blanks can be shared out in many ways. */
const importsOfScripts = [
  /\bimport (?:type )?(?<alone>[\w$]+)?(?: ?, ?)?(?:\{(?<list>[^{}]{0,2000})\}|\* as (?<whole>[\w$]+))? ?from ?["'](?<module>[^"'\n]{1,300})["']/g,
  /\b(?:const|let|var) (?:\{(?<list>[^{}]{0,2000})\}|(?<whole>[\w$]+)) ?= ?(?:require|await import)\( ?["'](?<module>[^"'\n]{1,300})["']/g,
];
const importsOfPython =
  /^[ \t]*from\s+(?<module>[\w.]+)\s+import\s+(?:\((?<list>[^()]{0,2000})\)|(?<line>[^\n(]{1,400}))|^[ \t]*import\s+(?<whole>[\w.]+)(?:\s+as\s+(?<alias>\w+))?/gm;

/** What is loaded with other dependencies, as by proxyquire, is the module all the same, and no declaration. */
const declarations = {
  script:
    /\b(?:(?:const|let|var)\s+(?<value>[\w$]+)\s*(?::[^=\n]{0,100})?=(?!\s*(?:await\s+import|require)\b|\s*(?:await\s+)?(?:proxyquire|esmock|rewire|requireInject|importFresh|t\.mockRequire|t\.mockImport|jest\.requireActual|vi\.importActual)(?:\.\w+\(\))*(?:\.load)?\(\s*["'`]\.)|(?:function\*?|class)\s+(?<name>[\w$]+))/g,
  python:
    /^[ \t]*(?:(?:async )?(?:def|class)\s+(?<name>\w+)|(?<value>\w+)\s*=\s*(?:lambda\b|(?:Magic)?Mock\b))/gm,
};

const replacements = {
  script:
    /\b(?:jest|vi|mock)\.(?:mock|doMock|unstable_mockModule|module)\(\s*["'`](?<target>[^"'`\n]{1,300})["'`]/g,
  python:
    /\b(?:patch|setattr|mocker\.patch)\(\s*["'](?<target>[\w.]+)["']|\b(?:patch\.object|setattr)\(\s*(?<whole>[\w.]+)\s*,\s*["'](?<member>\w+)["']/g,
};

/** A mock that hands on the real module replaces parts of it only. */
const partial = /importOriginal|importActual|requireActual|\bwraps\s*=/;
const reach = 400;

/** Reads the names of a test file, comments aside. */
export function readBindings(path: string, text: string): Bindings {
  const language = python.test(path) ? "python" : "script";
  const { code } = maskCode(text, language === "python" ? "#" : "//");
  const lineAt = lineFinder(code);
  const declared = [...code.matchAll(declarations[language])].map(({ groups, 0: whole, index }) => {
    const start = index + (whole.length - whole.trimStart().length);
    return [groups?.name ?? groups?.value ?? "", lineAt(start)] as const;
  });
  const replaced = [...code.matchAll(replacements[language])].flatMap(({ groups, index }) => {
    const target = groups?.target ?? `${groups?.whole}.${groups?.member}`;
    return partial.test(code.slice(index, index + reach)) ? [] : [{ target, line: lineAt(index) }];
  });
  const imported = language === "python" ? pythonImports(code) : scriptImports(path, code);
  return { imported, declared: new Map(declared.toReversed()), replaced };
}

function scriptImports(path: string, code: string): Binding[] {
  const flat = code.replace(/\s+/g, " ");
  return importsOfScripts.flatMap((pattern) =>
    [...flat.matchAll(pattern)].flatMap(({ groups = {} }) => {
      const module = groups.module ?? "";
      const place = posix.join(posix.dirname(path), module);
      const isCode = module.startsWith(".") && !isTestPath(place) && !isTestPath(`${place}.js`);
      const alone = [groups.alone, groups.whole].filter((name) => name !== undefined);
      return [
        ...alone.map((name) => ({ name, original: "*", module, isCode })),
        ...listed(groups.list, /\s+as\s+|\s*:\s*/).map((each) => ({ ...each, module, isCode })),
      ];
    }),
  );
}

function pythonImports(code: string): Binding[] {
  return [...code.matchAll(importsOfPython)].flatMap(({ groups = {} }) => {
    const module = groups.module ?? groups.whole ?? "";
    const isCode =
      !/^\.|(?:^|[._])(?:tests?|testing|helpers?|conftest|unittest|pytest|mock|typing|collections)(?:[._]|$)/.test(
        module,
      );
    if (groups.whole !== undefined)
      return [{ name: groups.alias ?? groups.whole, original: "*", module, isCode }];
    return listed(groups.list ?? groups.line, /\s+as\s+/).map((each) => ({ ...each, module, isCode }));
  });
}

function listed(list: string | undefined, as: RegExp): { name: string; original: string }[] {
  return (list ?? "").split(",").flatMap((part) => {
    const [original = "", name = original] = part
      .trim()
      .replace(/^type\s+/, "")
      .split(as);
    return /^[\w$]+$/.test(name) ? [{ name, original }] : [];
  });
}
