import type { Boundary, Brief } from "../../domain/task/brief.ts";
import { type Field, fields } from "./fields.ts";
import {
  commandsOfCriteria,
  findLikely,
  guessable,
  mergeBoundaries,
  type ProseSources,
} from "./find-likely.ts";
import { readBoundary } from "./read-boundary.ts";
import { readItems } from "./read-items.ts";
import type { Read } from "./read-result.ts";
import { renderProblem } from "./render-problem.ts";
import type { Part, Section } from "./split-sections.ts";

type FoundElsewhere = { value: Brief[Field]; line: number };

/** A field that has no heading of its own: what is sure elsewhere, what is likely, or the question for it. */
export function readElsewhere(field: Field, ground: ProseSources): Read<Brief[Field]> {
  const sure = field === "validation" ? commandsOfCriteria(ground) : undefined;
  if (sure) return { value: sure.value, problems: [] };
  const name = guessable.find((one) => one === field);
  const likely = name === undefined ? undefined : findLikely(name, ground);
  if (!likely) return { problems: unfound(field, ground) };
  const problems = [asLikely(field, likely)];
  if (field === "boundary" && (likely.value as Boundary).reviewers.length === 0)
    problems.push(renderProblem("reviewer-missing", { line: likely.line, field }));
  return { value: likely.value, problems };
}

function unfound(field: Field, { gathered }: ProseSources) {
  if (!fields[field].needed) return [];
  const given = gathered.sections.get(field);
  const trial = gathered.trials.find(({ meanings }) => meanings.some(({ strength }) => strength === "told"));
  if (field === "validation" && !given && trial)
    return [renderProblem("no-command", { line: trial.line, field, found: trial.title })];
  return [
    given
      ? renderProblem("empty", { line: given.line, field })
      : renderProblem("missing", { line: 1, field }),
  ];
}

/** The question whether a text was meant as a field. */
export function asLikely(field: Field, { value, line }: FoundElsewhere) {
  // In one line two commands would read as one.
  const parts = field === "validation" ? String(value).split("\n") : value;
  return renderProblem("likely", { line, field, found: excerptOf(parts) });
}

const longestExcerpt = 80;

function excerptOf(value: Brief[Field] | string[]): string {
  const words = yamlWords(value).replace(/\s+/g, " ").trim();
  return words.length > longestExcerpt ? `${words.slice(0, longestExcerpt)} …` : words;
}

function yamlWords(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(yamlWords).join("; ");
  if (typeof value !== "object" || value === null) return "";
  if ("text" in value) return yamlWords(value.text);
  return Object.entries(value)
    .filter(([, list]) => !Array.isArray(list) || list.length > 0)
    .map(([key, list]) => `${key}: ${yamlWords(list).replaceAll("; ", ", ")}`)
    .join("; ");
}

/** The approval boundary, to which a heading for reviewers alone adds them; with such a heading alone prose may add to it. */
export function readApproval(section: Section, ground: ProseSources): Read<Boundary> {
  const items = section.parts.flatMap((part) => {
    const own = readItems(part, ground.text);
    return isAboutReviewers(part)
      ? own.map((item) => ({
          ...item,
          source: /[:\uff1a]/.test(item.source) ? item.source : `reviewer: ${item.source}`,
        }))
      : own;
  });
  const read = readBoundary(items);
  const isReviewersAlone = section.parts.every(isAboutReviewers);
  const likely = isReviewersAlone ? findLikely("boundary", ground) : undefined;
  if (!likely || !read.value || read.problems.length > 0) return read;
  const value = mergeBoundaries([read.value, likely.value]);
  const isMore = value.ask.length + value.never.length > 0;
  return isMore ? { value, problems: [asLikely("boundary", { value, line: likely.line })] } : read;
}

function isAboutReviewers({ meanings }: Part): boolean {
  return meanings.some(({ name, strength }) => name === "reviewer" && strength !== "likely");
}
