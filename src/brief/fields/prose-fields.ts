import { isPath } from "./fits-field.ts";
import { forbidding, keeping, leads } from "./phrase-words.ts";
import { normaliseGlob } from "./read-paths.ts";
import { anyOf, codeSpansOf } from "./read-prose.ts";
import { storyWords } from "./template-words.ts";

const longestStory = 2_000;

/** Whether a text is a user story: as somebody I want something. */
export function isStory(source: string): boolean {
  if (source.length > longestStory) return false;
  const words = source.toLowerCase().replace(/[*_]/g, "").replace(/\s+/g, " ").trim();
  return storyWords.some(([lead, wish]) => words.startsWith(lead) && words.includes(wish));
}

const lead = {
  nonGoals: new RegExp(`^(?:${anyOf(leads.nonGoals)})\\s*(?::|is|are)?\\s+(?<rest>.+)$`, "i"),
  doneWhen: new RegExp(`^(?:${anyOf(leads.doneWhen)})\\s*:?\\s+(?<rest>.+)$`, "i"),
};
const forbidden = new RegExp(`^(?:please )?(?:${anyOf(forbidding)})\\s+\\S`, "i");
const kept = new RegExp(`^(?:please )?(?:${anyOf(keeping)})\\b`, "i");
const only =
  /^(?:please )?(?:only|just)\s+(?:(?:touch|change|edit|modify)\s+)?(?<paths>[^,;]+?)(?:\s+(?:should|may|needs? to|must|has to|have to|can)\s+(?:be\s+)?(?:changed?|touched|edited))?[.!]*$/i;

/** What a sentence says is out of scope. */
export function nonGoalIn(sentence: string): string | undefined {
  const rest = lead.nonGoals.exec(sentence)?.groups?.rest;
  return rest === undefined ? undefined : withoutStop(rest);
}

/** What a sentence says is not to be done. */
export function prohibitionIn(sentence: string): string | undefined {
  return forbidden.test(sentence) && !/^(?:please )?never ask\b/i.test(sentence)
    ? withoutStop(sentence)
    : undefined;
}

/** What a sentence says is to hold in the end. */
export function criterionIn(sentence: string): string | undefined {
  const rest = lead.doneWhen.exec(sentence)?.groups?.rest;
  return rest === undefined ? undefined : withoutStop(rest);
}

/** The paths that alone should change. */
export function onlyPathsIn(sentence: string): string[] {
  const { paths = "" } = only.exec(sentence)?.groups ?? {};
  return pathsIn(paths);
}

/** The paths in code of a sentence that says what to work on. */
export function workedPathsIn(sentence: string): string[] {
  return kept.test(sentence) ? [] : pathsIn(sentence);
}

function pathsIn(sentence: string): string[] {
  return codeSpansOf(sentence).flatMap(({ code }) => {
    const glob = isPath(code, true) ? normaliseGlob({ text: code, coded: true }) : undefined;
    return glob === undefined ? [] : [glob];
  });
}

function withoutStop(text: string): string {
  return text.replace(/[.;]\s*$/, "").trim();
}
