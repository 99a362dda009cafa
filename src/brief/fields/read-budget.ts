import type { Brief, Problem } from "../../domain/task/brief.ts";
import { limits } from "./fields.ts";
import { isNone } from "./is-none.ts";
import type { BriefItem } from "./read-items.ts";
import type { Read } from "./read-result.ts";
import { shortFieldWords } from "./read-short-fields.ts";
import { renderProblem } from "./render-problem.ts";

const money =
  /^(?:\$\s?(?<before>\d{1,5}(?:\.\d{1,2})?)(?:\s?usd)?|(?<after>\d{1,5}(?:\.\d{1,2})?)\s?(?:\$|usd|dollars?))$/i;
const time =
  /^(?:(?<hours>\d{1,3}(?:\.\d{1,2})?)\s?(?:h|hrs?|hours?))?\s?(?:(?<minutes>\d{1,5})\s?(?:m|mins?|minutes?))?\.?$|^(?<h>\d{1,3})\s?h(?<m>[0-5]\d)$/i;

/** Money and time take a few words. */
const longest = 200;

/** Money, time or both: `$4`, `30 min`, `1 h 30 min`, `$4, 30 min`. */
export function readBudget(items: BriefItem[]): Read<Brief["budget"]> {
  const about = { line: items[0]?.line ?? 1, field: "budget" as const };
  const text = shortFieldWords(items);
  if (text.length > longest)
    return { problems: [renderProblem("budget", { ...about, found: text.slice(0, 80) })] };
  const found = budgetParts(text).map((part) => ({ part, ...readPart(part) }));
  const sums = found.flatMap(({ usd }) => usd ?? []);
  const times = found.flatMap(({ minutes }) => minutes ?? []);
  const problems: Problem[] = found
    .filter(({ usd, minutes }) => usd === undefined && minutes === undefined)
    .map(({ part }) => renderProblem("budget", { ...about, found: part.slice(0, 80) }));
  if (sums.length > 1) problems.push(renderProblem("budget-twice", { ...about, found: "a sum" }));
  if (times.length > 1) problems.push(renderProblem("budget-twice", { ...about, found: "a time" }));
  const [usd] = sums;
  const [minutes] = times;
  return {
    value: { ...(usd !== undefined && { usd }), ...(minutes !== undefined && { minutes }) },
    problems,
  };
}

function readPart(part: string): { usd?: number | undefined; minutes?: number | undefined } {
  const usd = dollarsOf(part);
  return usd === undefined ? { minutes: minutesOf(part) } : { usd };
}

function budgetParts(text: string): string[] {
  return text
    .replace(/(?<=\$\s?\d{1,3}),(?=\d{3}(?!\d|\s?m|\s?h))/g, "")
    .split(/\s*(?:[,;/+]|\band\b)\s*|(?<=\$\s?\d[\d.]*)\s+(?=\d)/i)
    .map((part) =>
      part.replace(/^(?:max(?:imum)?\.?|up to|at most|≤|<=)\s*|\s*(?:max(?:imum)?\.?|at most)$/gi, "").trim(),
    )
    .filter((part) => part !== "" && !isNone(part));
}

function dollarsOf(part: string): number | undefined {
  const { before, after } = money.exec(part)?.groups ?? {};
  return atMost(Number(before ?? after), limits.usd);
}

function minutesOf(part: string): number | undefined {
  const { h, m, hours = h, minutes = m } = time.exec(part)?.groups ?? {};
  if (hours === undefined && minutes === undefined) return undefined;
  return atMost(Math.round(Number(hours ?? 0) * 60) + Number(minutes ?? 0), limits.minutes);
}

function atMost(value: number, most: number): number | undefined {
  return value > 0 && value <= most ? value : undefined;
}
