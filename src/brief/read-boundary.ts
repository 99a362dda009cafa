import { type Boundary, classes, type Problem } from "../domain/brief.ts";
import { isTame } from "../domain/find-glob.ts";
import { limits } from "./fields.ts";
import type { Read } from "./read-command.ts";
import type { Item } from "./read-items.ts";
import { isNone } from "./read-lists.ts";
import { normaliseGlob, splitEntries } from "./read-paths.ts";
import { type Rule, renderProblem } from "./render-problem.ts";

const known = new Set<string>(classes);
const key = /^[*_`\s]*(?<key>reviewers?|ask|never)[*_`\s]*:?[*_`\s]*$/i;
const line = /^[*_`\s]*(?<key>reviewers?|ask|never)[*_`\s]*:(?:[*_]{1,2}(?=\s))?\s*(?<rest>.*)$/is;

/** A person's login, with the short code that GitHub gives to managed users. */
const login = /^@?(?<login>[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}(?:_[a-z\d]{1,16})?)$/i;

type Found = { boundary: Boundary; problems: Problem[] };

/** Who reviews, and what wants a word or may not be touched at all. */
export function readBoundary(items: Item[]): Read<Boundary> {
  const found: Found = { boundary: { reviewers: [], ask: [], never: [] }, problems: [] };
  for (const item of items) readLine(item, found);
  const { boundary, problems } = found;
  const first = { line: items[0]?.line ?? 1, field: "boundary" as const };
  for (const entry of boundary.ask.filter((one) => boundary.never.includes(one)))
    problems.push(renderProblem("boundary-both", { ...first, found: entry }));
  if (boundary.reviewers.length > limits.reviewers)
    problems.push(renderProblem("boundary-many", { ...first, most: limits.reviewers, found: "reviewers" }));
  else if (boundary.ask.length + boundary.never.length > limits.boundaryEntries)
    problems.push(
      renderProblem("boundary-many", { ...first, most: limits.boundaryEntries, found: "classes and paths" }),
    );
  if (problems.length === 0 && Object.values(boundary).every((list) => list.length === 0))
    return { problems: [renderProblem("boundary-nobody", first)] };
  return {
    value: { ...boundary, ask: boundary.ask.filter((one) => !boundary.never.includes(one)) },
    problems,
  };
}

function readLine(item: Item, found: Found): void {
  if (item.hasChildren && key.test(item.source)) return;
  const above = key.exec(item.under.at(-1) ?? "")?.groups?.key;
  // `reviewer @login` can mean nothing else; of classes and paths without a colon that could not be said.
  const source = item.source.replace(/^(reviewers?)\s+(?=@)/i, "$1: ");
  readEntry({ ...item, source: above === undefined ? source : `${above}: ${source}` }, found);
}

function readEntry(item: Item, found: Found): void {
  const { key, rest } = line.exec(item.source)?.groups ?? {};
  if (key === undefined || rest === undefined) refuse("boundary-line", { item, found, entry: item.source });
  else if (key.toLowerCase().startsWith("reviewer")) readReviewers(rest, { item, found });
  else readEntries(key.toLowerCase() === "ask" ? "ask" : "never", { rest, item, found });
}

function readReviewers(rest: string, { item, found }: { item: Item; found: Found }): void {
  const words = rest
    .replace(/`/g, " ")
    .split(/[\s,;]+|\band\b/)
    .filter((word) => word !== "" && !isNone(word));
  for (const word of words) {
    const name = login.exec(word.replace(/^\[(.*)\]\(.*\)$/, "$1"))?.groups?.login;
    if (name === undefined) refuse("reviewer", { item, found, entry: word });
    else if (!found.boundary.reviewers.some((one) => one.toLowerCase() === name.toLowerCase()))
      found.boundary.reviewers.push(name);
  }
}

function readEntries(
  key: "ask" | "never",
  { rest, item, found }: { rest: string; item: Item; found: Found },
): void {
  for (const entry of rest.split(/,(?![^{]*\})/).flatMap(splitEntries)) {
    const name = entry.text.toLowerCase();
    const glob = /[/*.]/.test(entry.text) ? normaliseGlob(entry) : undefined;
    if (known.has(name)) addNew(found.boundary[key], name);
    else if (glob === undefined) refuse("boundary-entry", { item, found, entry: entry.text });
    else if (!isTame(glob)) refuse("glob-wild", { item, found, entry: glob });
    else addNew(found.boundary[key], glob);
  }
}

function addNew(list: string[], entry: string): void {
  if (!list.includes(entry)) list.push(entry);
}

function refuse(rule: Rule, { item, found, entry }: { item: Item; found: Found; entry: string }): void {
  found.problems.push(renderProblem(rule, { line: item.line, field: "boundary", found: entry.slice(0, 80) }));
}
