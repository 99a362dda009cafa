import type { Problem } from "../domain/brief.ts";
import { isTame } from "../domain/find-glob.ts";
import { limits } from "./fields.ts";
import type { Read } from "./read-command.ts";
import type { Item } from "./read-items.ts";
import { isNone } from "./read-lists.ts";
import { type Rule, renderProblem } from "./render-problem.ts";

/** The declared scope: code spans where an item has any, else words between commas. */
export function readPaths(items: Item[]): Read<string[]> {
  const entries = items.flatMap(({ source, line }) => splitEntries(source).map((entry) => ({ entry, line })));
  const most = limits.items.scope;
  const line = items[0]?.line ?? 1;
  if (entries.length > most)
    return {
      problems: [renderProblem("too-many-items", { line, field: "scope", other: entries.length, most })],
    };
  const read = entries.map(readPath);
  const value = [...new Set(read.flatMap((one) => one.value ?? []))];
  return { value, problems: read.flatMap((one) => one.problems) };
}

/** One path or glob; of one that is refused, the one that was most likely meant. */
function readPath({ entry, line }: { entry: Entry; line: number }): Read<string> {
  const refuse = (rule: Rule, found: string, known = ""): Problem =>
    renderProblem(rule, { line, field: "scope", found: found.slice(0, 80), known });
  const glob = normaliseGlob(entry);
  if (glob !== undefined && isTame(glob)) return { value: glob, problems: [] };
  if (glob !== undefined) return { problems: [refuse("glob-wild", glob)] };
  const meant = withSlashes(entry);
  if (meant === undefined) return { problems: [refuse("glob", entry.text)] };
  return { value: meant, problems: [refuse("glob", entry.text, meant)] };
}

/** The path that was meant by one of Windows, where it lies in the repository. */
function withSlashes({ text, coded }: Entry): string | undefined {
  if (!text.includes("\\") || /^[A-Za-z]:|^\\/.test(text)) return undefined;
  const glob = normaliseGlob({ text: text.replaceAll("\\", "/"), coded });
  return glob !== undefined && isTame(glob) ? glob : undefined;
}

/** One of several in a line; in code it may hold blanks. */
export type Entry = { text: string; coded: boolean };

/** The entries of a line: what stands in code, or what stands between commas that no brace holds together. */
export function splitEntries(source: string): Entry[] {
  const codes = codesOf(source);
  const coded = codes.length > 0;
  return (coded ? codes : source.split(/,(?![^{]*\})/))
    .map((text) => ({ text: text.replace(/\s+/g, " ").trim(), coded }))
    .filter(({ text }) => text !== "" && !isNone(text));
}

/** What stands between equal runs of backticks. */
export function codesOf(source: string): string[] {
  const codes: string[] = [];
  let opened: { length: number; end: number } | undefined;
  for (const run of source.matchAll(/`+/g)) {
    const end = run.index + run[0].length;
    if (!opened) opened = { length: run[0].length, end };
    else if (opened.length === run[0].length) {
      codes.push(source.slice(opened.end, run.index));
      opened = undefined;
    }
  }
  return codes;
}

/** A path or glob from the repository's root, a folder as all that is in it; nothing if it cannot be one. */
export function normaliseGlob({ text, coded }: Entry): string | undefined {
  const path = text.replace(/^(?:\.?\/)+/, "").replace(/\/{2,}/g, "/");
  if ((/\s/.test(path) && !coded) || path === "" || path.length > 200) return undefined;
  if (/[\\`\n]|^!|^~/.test(path) || path.split("/").includes("..")) return undefined;
  if (path === ".") return "**";
  return path.endsWith("/") ? `${path}**` : path;
}
