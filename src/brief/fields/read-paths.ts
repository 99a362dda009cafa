import { isTame } from "../../domain/paths/find-glob.ts";
import type { Problem } from "../../domain/task/brief.ts";
import { limits } from "./fields.ts";
import { isNone } from "./is-none.ts";
import type { BriefItem } from "./read-items.ts";
import type { Read } from "./read-result.ts";
import { type Rule, renderProblem } from "./render-problem.ts";

/** The declared scope: code spans where an item has any, else words between commas. */
export function readPaths(items: BriefItem[]): Read<string[]> {
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
function readPath({ entry, line }: { entry: PathEntry; line: number }): Read<string> {
  const refuse = (rule: Rule, found: string, known = ""): Problem =>
    renderProblem(rule, { line, field: "scope", found: found.slice(0, 80), known });
  const glob = normaliseGlob(entry);
  if (glob !== undefined && isTame(glob)) return { value: glob, problems: [] };
  if (glob !== undefined) return { problems: [refuse("glob-wild", glob)] };
  const meant = meantPath(entry);
  if (meant === undefined) return { problems: [refuse("glob", entry.text)] };
  return { value: meant, problems: [refuse("glob", entry.text, meant)] };
}

/** A longer entry is no path with a few words. */
const longestMeant = 500;

/** The path that was most likely meant: with slashes, out of an address, without a line's number, or without the words behind it. */
function meantPath({ text, coded }: PathEntry): string | undefined {
  if (text.length > longestMeant) return undefined;
  if (/^(?:[A-Za-z]:)?\\|^[A-Za-z]:\//.test(text)) return undefined;
  const path = text
    .replace(/^https:\/\/[^/]+\/[^/]+\/[^/]+\/(?:blob|tree)\/[^/]+\//, "")
    .replace(/^(?<path>[^\s()]*[/.*\\][^\s()]*)\s+(?:[(#–—-].*|\(.*)$/, "$<path>")
    .replace(/(?:#L\d+|:\d+)(?:[-:]L?\d+)?$/, "")
    .replaceAll("\\", "/");
  const glob = path === text ? undefined : normaliseGlob({ text: path, coded });
  return glob !== undefined && isTame(glob) ? glob : undefined;
}

/** One of several in a line; in code it may hold blanks. */
export type PathEntry = { text: string; coded: boolean };

/** The entries of a line: what stands in code, or what stands between commas that no brace holds together. */
export function splitEntries(source: string): PathEntry[] {
  const codes = codesOf(source);
  const coded = codes.length > 0;
  return (coded ? codes : splitOutsideBraces(source, /[,;]/))
    .map((text) => ({ text: coded ? text : seenEntry(text), coded }))
    .map(({ text }) => ({ text: text.replace(/\s+/g, " ").trim(), coded }))
    .filter(({ text }) => text !== "" && !isNone(text));
}

/** The parts of a text between separators of one sign, of which those in braces are none. */
export function splitOutsideBraces(text: string, separator: RegExp): string[] {
  const parts = [""];
  for (const piece of text.split(/(\{[^{}]*\}|[,;])/)) {
    if (piece.length === 1 && separator.test(piece)) parts.push("");
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

/** An entry as it is seen: without bold marks around it, a link by its words, and without the "and" of an enumeration. */
function seenEntry(text: string): string {
  return text
    .trim()
    .replace(/^and\s+/i, "")
    .replace(/^\*\*(?<bold>[^*]+)\*\*$/, "$<bold>")
    .replace(/^\[(?<words>[^\][]+)\]\([^()]*\)$/, "$<words>");
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

/** The many ways to say so. */
const everything =
  /^(?:everything|anything|any|all(?: files)?|(?:the )?(?:whole|entire) (?:repo|repository|project|codebase))$/i;

/** A path or glob from the repository's root, a folder as all that is in it; nothing if it cannot be one. */
export function normaliseGlob({ text, coded }: PathEntry): string | undefined {
  if (/^[a-z]+:\/\/|:\d+(?:[-:]\d+)?$|\]\(/i.test(text)) return undefined;
  if (everything.test(text)) return "**";
  const path = text.replace(/^(?:\.?\/)+/, "").replace(/\/{2,}/g, "/");
  if ((/\s/.test(path) && !coded) || path === "" || path.length > 200) return undefined;
  if (/[\\`\n]|^!|^~/.test(path) || path.split("/").includes("..")) return undefined;
  if (path === ".") return "**";
  return path.endsWith("/") ? `${path}**` : path;
}
