import { isTame } from "../../domain/paths/find-glob.ts";
import { type Boundary, classes, type Problem } from "../../domain/task/brief.ts";
import { isSameLogin } from "../../domain/task/same-login.ts";
import { nearest } from "../../domain/text/nearest.ts";
import { type Key, keyNamed, keyOf, keyPattern } from "./boundary-keys.ts";
import { limits } from "./fields.ts";
import { isNone } from "./is-none.ts";
import { classNames } from "./phrase-words.ts";
import { boundaryIn } from "./prose-boundary.ts";
import type { BriefItem } from "./read-items.ts";
import { normaliseGlob, type PathEntry, splitEntries, splitOutsideBraces } from "./read-paths.ts";
import { splitOutsideCode } from "./read-prose.ts";
import type { Read } from "./read-result.ts";
import { type Rule, renderProblem } from "./render-problem.ts";

const known = new Set<string>(classes);

/** Between two keys on one line; blanks are taken as one. */
const nextKey = new RegExp(`(?:[;,.]|(?<!\\s))\\s+(?=(?:${keyPattern})[:\\uff1a])`, "i");

/** A person's login, with the short code that GitHub gives to managed users. */
const login = /^@?(?<login>[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}(?:_[a-z\d]{1,16})?)$/i;

/** Words that mean somebody, and are also logins that somebody has. */
const pronoun =
  /^(?:me|myself|i|you|us|we|anyone|anybody|someone|somebody|everyone|team|maintainers?|owners?|codeowners|lead|reviewers?|author|requester)$/i;

type FoundBoundary = { boundary: Boundary; problems: Problem[] };

/** Who reviews, and what wants a word or may not be touched at all. */
export function readBoundary(items: BriefItem[]): Read<Boundary> {
  const found: FoundBoundary = { boundary: { reviewers: [], ask: [], never: [] }, problems: [] };
  for (const item of withKeys(items.flatMap(spokenOut))) readBoundaryLine(item, found);
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

/** Each entry behind its key: those nested under one or standing below one, and several on one line. */
function withKeys(items: BriefItem[]): BriefItem[] {
  let last: Key | undefined;
  return items.flatMap((item) => {
    const alone = keyAlone(item.source);
    if (alone !== undefined && (item.hasChildren || /[:\uff1a]/.test(item.source))) {
      last = alone;
      return [];
    }
    // `reviewer @login` can mean nothing else; of classes and paths without a colon that could not be said.
    const parts = item.source.replace(/^(reviewers?)\s+(?=@)/i, "$1: ").split(nextKey);
    const above = keyAlone(item.under.at(-1) ?? "") ?? last;
    if (keyOf(parts[0] ?? "")) last = undefined;
    return parts.map((part) => {
      const source = keyOf(part) || above === undefined ? part : `${above}: ${part}`;
      return { ...item, source };
    });
  });
}

/** The key of a line that holds nothing else. */
function keyAlone(source: string): Key | undefined {
  return keyNamed(source.replace(/[*_`\s:\uff1a]/g, ""));
}

/** "@ada reviews. Never touch CI." as the lines that say the same; what is not understood as a whole stays as it is. */
function spokenOut(item: BriefItem): BriefItem[] {
  if (item.hasChildren || item.under.length > 0 || keyOf(item.source)) return [item];
  const said = splitOutsideCode(item.source, /[.;]\s+(?=\S)/g).map((sentence) => boundaryIn(sentence));
  if (said.length === 0 || said.some(({ whole }) => !whole)) return [item];
  return said
    .flatMap(({ boundary: { reviewers, ask, never } }) => [
      ...reviewers.map((name) => `reviewer: @${name}`),
      ...ask.map((entry) => `ask: ${quotedEntry(entry)}`),
      ...never.map((entry) => `never: ${quotedEntry(entry)}`),
    ])
    .map((source) => ({ ...item, source }));
}

function quotedEntry(entry: string): string {
  return known.has(entry) ? entry : `\`${entry}\``;
}

function readBoundaryLine(item: BriefItem, found: FoundBoundary): void {
  const { key, rest = "" } = keyOf(item.source) ?? {};
  if (key === undefined) refuseEntry("boundary-line", { item, found, entry: item.source });
  else if (key === "reviewer") readReviewers(rest, { item, found });
  else readEntries(key, { rest, item, found });
}

function readReviewers(rest: string, { item, found }: { item: BriefItem; found: FoundBoundary }): void {
  const words = rest
    .replace(/`|\/(?=@)/g, " ")
    .split(/[\s,;&]+/)
    .filter((word) => word !== "" && !/^(?:and|or)$/i.test(word) && !isNone(word));
  for (const word of words) {
    const name = login.exec(word.replace(/^\[(.*)\]\(.*\)$/, "$1"))?.groups?.login;
    if (name === undefined || pronoun.test(word)) refuseEntry("reviewer", { item, found, entry: word });
    else if (!found.boundary.reviewers.some((one) => isSameLogin(one, name)))
      found.boundary.reviewers.push(name);
  }
}

function readEntries(
  key: "ask" | "never",
  { rest, item, found }: { rest: string; item: BriefItem; found: FoundBoundary },
): void {
  for (const part of splitOutsideBraces(rest, /,/)) {
    for (const entry of splitEntries(part)) readOne(key, { entry, item, found });
    // Beside code stand remarks; but a class among them must not get lost.
    if (!part.includes("`")) continue;
    const beside = part.replace(/`[^`]*`/g, " ").match(/[a-z-]+/gi) ?? [];
    if (beside.some((one) => known.has(one.toLowerCase())))
      refuseEntry("boundary-line", { item, found, entry: item.source });
  }
}

function readOne(
  key: "ask" | "never",
  { entry, item, found }: { entry: PathEntry; item: BriefItem; found: FoundBoundary },
): void {
  const glob = /[/*.]/.test(entry.text) ? normaliseGlob(entry) : undefined;
  const names = entry.text.split(/\s+and\s+/i).map(classOf);
  if (names.every((name) => name !== undefined)) for (const name of names) addNew(found.boundary[key], name);
  else if (glob === undefined) refuseEntry("boundary-entry", { item, found, entry: entry.text });
  else if (!isTame(glob)) refuseEntry("glob-wild", { item, found, entry: glob });
  else addNew(found.boundary[key], glob);
}

/** A class by its name, whatever joins its words. */
function classOf(text: string): string | undefined {
  const name = text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "-");
  return known.has(name) ? name : undefined;
}

function addNew(list: string[], entry: string): void {
  if (!list.includes(entry)) list.push(entry);
}

function refuseEntry(
  rule: Rule,
  { item, found, entry }: { item: BriefItem; found: FoundBoundary; entry: string },
): void {
  const called = entry.toLowerCase();
  const other = Object.hasOwn(classNames, called) ? classNames[called] : undefined;
  const meant = other ?? nearest(entry, [...known])[0];
  const about = { line: item.line, field: "boundary" as const, found: entry.slice(0, 80) };
  found.problems.push(renderProblem(rule, { ...about, ...(meant !== undefined && { known: meant }) }));
}
