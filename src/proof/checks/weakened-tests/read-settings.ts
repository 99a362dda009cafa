import type { SyntaxNode } from "@lezer/common";
import { grammarFor, parseTree } from "./parse-tree.ts";
import { itemsOf, textOf } from "./read-chain.ts";

/** The settings of a file: the path of keys, joined by dots, and its value or values as texts. */
export type Settings = Map<string, string[]>;

/** Both sides of one file of settings, and what it says now. */
export type SettingsFile = { path: string; before: Settings; after: Settings; text: string };

/** Both sides of one setting, and the file in which it stands. */
export type SettingSides = { before: string[] | undefined; after: string[] | undefined; file: SettingsFile };

const settingFiles =
  /(^|\/)(package\.json|deno\.jsonc?|(jest|vitest|vite|playwright|cypress|karma|ava|wdio|web-test-runner|stryker)(\.[\w-]+)?\.(config|conf)\.\w+|karma\.conf\.\w+|\.(nycrc|c8rc|taprc|mocharc|jestrc)(\.\w+)?|\.coveragerc|setup\.cfg|tox\.ini|pytest\.ini|pyproject\.toml|\.?codecov\.ya?ml|conftest\.py|Cargo\.toml|\.?tarpaulin\.toml|[tj]sconfig(\.[\w-]+)?\.json|phpunit\.xml(\.dist)?)$/;

/** Deeper or more settings than these are no configuration of tests. */
const deepest = 12;
const most = 5_000;

/** Whether a path holds settings of a test runner or of a measurement of coverage. */
export function isSettingsPath(path: string): boolean {
  return settingFiles.test(path) && !/(^|\/)(fixtures?|__fixtures__|testdata|node_modules)\//.test(path);
}

/** The settings that a text holds; none if it is not what its name says. */
export function readSettings(path: string, text: string): Settings {
  const settings: Settings = new Map();
  if (/\.[cm]?[jt]s$/.test(path)) readScript(path, { text, settings });
  else if (/\.(cfg|ini|toml)$|coveragerc$/.test(path)) readIniLines(text, settings);
  else if (/\.py$/.test(path)) readPython(text, settings);
  else if (/json$/.test(path) || text.trimStart().startsWith("{"))
    flatten(parseLooseJson(text), { prefix: /[tj]sconfig/.test(path) ? "tsconfig" : "", settings });
  else if (!/\.xml/.test(path)) readIndented(text, settings);
  return settings;
}

function parseLooseJson(text: string): unknown {
  // A tsconfig.json may hold comments and trailing commas; a text that only looks like one is still a string.
  for (const each of [text, text.replace(/("(?:[^"\\\n]|\\.)*")|\/\/.*|\/\*[^*]*\*\/|,(?=\s*[}\]])/g, "$1")])
    try {
      return JSON.parse(each);
    } catch {
      // Then it is read the other way, or not at all.
    }
  return undefined;
}

function flatten(value: unknown, { prefix, settings }: { prefix: string; settings: Settings }): void {
  if (settings.size > most || value === undefined || value === null) return;
  if (Array.isArray(value))
    settings.set(
      prefix,
      value.map((each) => (typeof each === "object" ? "{}" : String(each))),
    );
  else if (typeof value !== "object") settings.set(prefix, [String(value)]);
  else if (prefix.split(".").length <= deepest)
    for (const [key, each] of Object.entries(value))
      flatten(each, { prefix: prefix ? `${prefix}.${key}` : key, settings });
}

/** Keys and values of YAML by their indentation: enough for settings, and nothing in a text can lead it astray. */
function readIndented(text: string, settings: Settings): void {
  const open: { indent: number; key: string }[] = [];
  for (const raw of text.split("\n")) {
    const line = raw.slice(0, 1_000).replace(/(^|\s)#.*$/, "");
    const found = /^(?<indent>\s*)(?:(?<item>-\s+)|(?<key>["']?[\w./-]+["']?):(?:\s+|$))(?<value>.*)$/.exec(
      line,
    );
    if (!found?.groups) continue;
    const { indent = "", item = "", key = "", value = "" } = found.groups;
    const depth = indent.length + (item ? 1 : 0);
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= depth) open.pop();
    if (key && open.length < deepest) open.push({ indent: depth, key: key.replace(/["']/g, "") });
    addIndented(settings, { path: open.map((each) => each.key).join("."), isItem: item !== "", value });
  }
}

function addIndented(
  settings: Settings,
  { path, isItem, value }: { path: string; isItem: boolean; value: string },
): void {
  const parts = valueParts(value);
  if (parts.length === 0 || settings.size >= most) return;
  settings.set(path, isItem ? [...(settings.get(path) ?? []).slice(-100), ...parts] : parts);
}

/** The literal properties of a configuration written as a script, wherever they stand. */
function readScript(path: string, { text, settings }: { text: string; settings: Settings }): void {
  const grammar = grammarFor(path);
  const tree = grammar && parseTree(grammar, text);
  const open: { to: number; key: string }[] = [];
  tree?.iterate({
    enter: (node) => {
      while ((open.at(-1)?.to ?? Number.POSITIVE_INFINITY) <= node.from) open.pop();
      if (node.name !== "Property" || settings.size > most || open.length > deepest) return;
      const [name, value] = [node.node.firstChild, node.node.lastChild];
      if (!name || !value) return;
      open.push({ to: node.to, key: textOf(name, text).replace(/["'`]/g, "") });
      const values = valuesOf(value, text);
      if (values) settings.set(open.map(({ key }) => key).join("."), values);
    },
  });
}

function valuesOf(value: SyntaxNode, text: string): string[] | undefined {
  const plain = (node: SyntaxNode): string => textOf(node, text).replace(/^["'`]|["'`]$/g, "");
  if (value.name === "ArrayExpression") return itemsOf(value).map(({ node }) => plain(node));
  return /^(String|Number|BooleanLiteral|UnaryExpression|TemplateString)$/.test(value.name)
    ? [plain(value)]
    : undefined;
}

/** Sections, keys and values of INI and TOML; a value may go on in indented lines or until its bracket is closed. */
function readIniLines(text: string, settings: Settings): void {
  let section = "";
  let key = "";
  for (const raw of text.split("\n")) {
    const line = raw.replace(/(^|\s)[#;].*$/, "").trimEnd();
    const head = /^\s*\[+(?<name>[^\]]+)\]+\s*$/.exec(line);
    const entry = /^(?<name>[\w."-]+)\s*[=:]\s*(?<value>.*)$/.exec(line);
    if (head) [section, key] = [head.groups?.name ?? "", ""];
    else if (entry && settings.size < most) {
      key = `${section}.${entry.groups?.name ?? ""}`.replaceAll('"', "");
      settings.set(key, valueParts(entry.groups?.value ?? ""));
    } else if (key) append(settings.get(key), valueParts(line));
  }
}

function append(values: string[] | undefined, parts: string[]): void {
  for (const part of parts) if (values && values.length < most) values.push(part);
}

/** A value that is quoted is what stands between the quotes; a list of such is each of them. */
function valueParts(value: string): string[] {
  const inner = value
    .trim()
    .replace(/^\[|\]$|,$/g, "")
    .trim();
  if (/^["']/.test(inner)) return (inner.match(/"[^"]*"|'[^']*'/g) ?? []).map((each) => each.slice(1, -1));
  return inner ? [inner] : [];
}

function readPython(text: string, settings: Settings): void {
  for (const { groups } of text.matchAll(
    /^(?<name>collect_ignore(_glob)?)\s*\+?=\s*\[(?<values>[^\]]{0,4000})\]/gm,
  ))
    settings.set(groups?.name ?? "", valueParts(groups?.values ?? ""));
}
