import {
  type Alias,
  type Document,
  isMap,
  isScalar,
  LineCounter,
  type ParsedNode,
  parseDocument,
  visit,
} from "yaml";
import { z } from "zod";
import type { ConfigurationProblem } from "../domain/rules/configuration-problem.ts";
import { isTooDeep } from "./is-too-deep.ts";
import { renderSettingProblem, renderYamlProblem, type SettingIssue } from "./render-setting-problem.ts";

/** A text that is meant to be a configuration file of one shape; `file` is its name for people. */
export type SettingsText<Shape extends z.ZodType> = { text: string; file: string; shape: Shape };

/** The settings and where each stands; or every problem, and the settings as far as anybody can tell. */
export type Parsed<Shape extends z.ZodType> =
  | { value: z.infer<Shape>; lineOf: (path: PropertyKey[]) => number }
  | { problems: ConfigurationProblem[]; unchecked: unknown };

/** A file beyond this is no configuration; its characters bound the time that reading takes. */
const longest = 64 * 1024;

/** More problems than these help nobody to mend a file, and a comment that holds them all is one that GitHub refuses. */
const mostProblems = 50;

/** Reads a YAML text against a schema. Any text at all is answered; every problem has its line. */
export function parseSettings<Shape extends z.ZodType>(settings: SettingsText<Shape>): Parsed<Shape> {
  const { text, file, shape } = settings;
  if (text.length > longest)
    return { problems: [renderYamlProblem("too-long", { file, line: 1 })], unchecked: undefined };
  if (isTooDeep(text))
    return { problems: [renderYamlProblem("too-deep", { file, line: 1 })], unchecked: undefined };
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const lineAt = (offset: number) => Math.max(1, counter.linePos(offset).line);
  const broken = [...document.errors, ...document.warnings].map(({ pos, message }) =>
    renderYamlProblem("yaml", { file, line: lineAt(pos[0]), found: message }),
  );
  broken.push(
    ...strayAliases(document).map(({ source, range }) =>
      renderYamlProblem("stray-alias", { file, line: lineAt(range?.[0] ?? 0), found: source }),
    ),
  );
  if (broken.length > 0) return { problems: broken.slice(0, mostProblems), unchecked: undefined };
  const value = plainValue(document);
  if (value === aliased)
    return { problems: [renderYamlProblem("aliases", { file, line: 1 })], unchecked: undefined };
  const parsed = shape.safeParse(value ?? {});
  const lineOf = (path: PropertyKey[]) => lineAt(offsetOf(document, path));
  if (parsed.success) return { value: parsed.data, lineOf };
  const described = z.toJSONSchema(shape, { io: "input", unrepresentable: "any" });
  const issues = parsed.error.issues.flatMap(splitIssue).slice(0, mostProblems);
  const problems = issues.map((issue) => {
    const line = issue.unknown === undefined ? lineOf(issue.path) : lineOf([...issue.path, issue.unknown]);
    return { file, line, ...renderSettingProblem(issue, described) };
  });
  return { problems: problems.toSorted((a, b) => a.line - b.line), unchecked: value };
}

/** Aliases of nothing: most often a glob that wants quotes, such as `*.md`. */
function strayAliases(document: Document.Parsed): Alias[] {
  const strays: Alias[] = [];
  visit(document, { Alias: (_, alias) => void (alias.resolve(document) ?? strays.push(alias)) });
  return strays;
}

const aliased = Symbol("too many aliases");

/** The library refuses aliases that would unfold into very much. */
function plainValue(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch {
    return aliased;
  }
}

function isBelowTop({ code, path }: z.core.$ZodIssue): boolean {
  return path.length > 0 || code === "unrecognized_keys";
}

/** One issue for each unknown key, since each has a line of its own. */
function splitIssue(issue: z.core.$ZodIssue): SettingIssue[] {
  const { path, message } = issue;
  if (issue.code === "invalid_union") {
    // Of the choices the one is meant that a value got into: it found something below its own top.
    const meant = issue.errors.find((found) => found.every((inner) => isBelowTop(inner)));
    if (meant && meant.length > 0)
      return meant.flatMap((inner) => splitIssue({ ...inner, path: [...path, ...inner.path] }));
  }
  if (issue.code === "unrecognized_keys") return issue.keys.map((unknown) => ({ path, message, unknown }));
  if (issue.code === "invalid_key")
    return [{ path: path.slice(0, -1), message, unknown: String(path.at(-1)) }];
  return [{ path, message }];
}

/** Where a path begins: at its key if that is there, else where the nearest part around it does. */
function offsetOf(document: Document.Parsed, path: PropertyKey[]): number {
  if (path.length === 0) return rangeOf(document.contents);
  const around = path.slice(0, -1);
  const parent = around.length === 0 ? document.contents : document.getIn(around, true);
  const name = path.at(-1);
  const key = isMap(parent)
    ? parent.items.find((pair) => (isScalar(pair.key) ? String(pair.key.value) : "") === String(name))?.key
    : document.getIn(path, true);
  return key === undefined || key === null ? offsetOf(document, around) : rangeOf(key);
}

function rangeOf(node: unknown): number {
  return (node as ParsedNode | null)?.range?.[0] ?? 0;
}
