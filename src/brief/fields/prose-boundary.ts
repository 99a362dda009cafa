import { type Boundary, classes } from "../../domain/task/brief.ts";
import { isPath } from "./fits-field.ts";
import { asking, classNames, doing, fillers, forbidding, reviewing } from "./phrase-words.ts";
import { normaliseGlob } from "./read-paths.ts";
import { anyOf, splitOutsideCode } from "./read-prose.ts";

/** What a sentence says of the approval boundary; `whole` if it says nothing else. */
export type Said = { boundary: Boundary; whole: boolean };

const known = new Set<string>(classes);
const polite = /^(?:please|and|but|also|then|always|so)[,\s]+/i;
const ask = new RegExp(`^(?:${anyOf(asking)})\\s+(?:${anyOf(doing)})\\s+(?<object>.+)$`, "i");
const never = new RegExp(`^(?:${anyOf(forbidding)})\\s+(?:${anyOf(doing)})\\s+(?<object>.+)$`, "i");
const noChange =
  /^no (?:changes? (?:to|of|in) (?<object>.+)|(?:new|additional|extra|further|more) (?<more>.+)|(?<before>.+) changes?)$/i;
const filler = new RegExp(`^(?:${anyOf([...fillers, ...doing])})\\s+`, "i");
const people = "@[a-z\\d][a-z\\d-]*(?:_[a-z\\d]+)?(?:(?:,| and|, and| or| &)? @[a-z\\d][a-z\\d-]*)*";
const reviewer = new RegExp(
  `^(?:the )?(?:(?:${anyOf(reviewing.before)})\\s*:?\\s+(?<named>${people})|(?<first>${people})\\s+(?:${anyOf(reviewing.after)}))$`,
  "i",
);

/** What plain sentences say of reviewers and of what may not be touched, or only after a word. */
export function boundaryIn(sentence: string): Said {
  const said: Said = { boundary: { reviewers: [], ask: [], never: [] }, whole: true };
  for (const clause of clausesOf(sentence)) readClause(clause, said);
  const { reviewers, ask: asked, never: forbidden } = said.boundary;
  return { ...said, whole: said.whole && reviewers.length + asked.length + forbidden.length > 0 };
}

/** A sentence at its commas, but a list after "never touch" stays with it. */
function clausesOf(sentence: string): string[] {
  const clauses: string[] = [];
  for (const piece of splitOutsideCode(sentence, /,\s+/g)) {
    const words = withoutPoliteness(piece);
    const last = clauses.length - 1;
    if (last >= 0 && !begins(words)) clauses[last] += `, ${words}`;
    else clauses.push(words);
  }
  return clauses;
}

function begins(clause: string): boolean {
  return [ask, never, noChange, reviewer].some((pattern) => pattern.test(clause));
}

function withoutPoliteness(piece: string): string {
  const bare = piece.replace(/[.!;,\s]+$/, "").trim();
  return bare.replace(polite, "");
}

function readClause(clause: string, said: Said): void {
  const { named, first } = reviewer.exec(clause)?.groups ?? {};
  const logins = (named ?? first ?? "").match(/(?<=@)[a-z\d][\w-]*/gi) ?? [];
  const asked = ask.exec(clause)?.groups?.object;
  const { object, before, more } = noChange.exec(clause)?.groups ?? {};
  const forbidden = never.exec(clause)?.groups?.object ?? object ?? more ?? before;
  if (logins.length > 0) said.boundary.reviewers.push(...logins);
  else if (asked !== undefined) readObjects(asked, { list: said.boundary.ask, said });
  else if (forbidden !== undefined) readObjects(forbidden, { list: said.boundary.never, said });
  else said.whole = false;
}

function readObjects(object: string, { list, said }: { list: string[]; said: Said }): void {
  for (const words of splitOutsideCode(object, /,\s*(?:and |or )?|\s+(?:and|or)\s+|\s*\/\s+/g)) {
    const entry = boundaryEntry(words.replace(/,$/, "").trim());
    if (entry === undefined) said.whole = false;
    else if (!list.includes(entry)) list.push(entry);
  }
}

/** A class by its name or one that people call it, or a path in code. */
function boundaryEntry(words: string): string | undefined {
  const code = /^`+([^`]+)`+$/.exec(words)?.[1]?.trim();
  if (code !== undefined && isPath(code, true)) return normaliseGlob({ text: code, coded: true });
  const bare = withoutFillers(words.toLowerCase().replace(/`/g, ""));
  const name = bare.replace(/[\s_]+/g, "-");
  const own = Object.hasOwn(classNames, bare) ? classNames[bare] : undefined;
  return known.has(name) ? name : own;
}

function withoutFillers(words: string): string {
  const bare = words.replace(filler, "");
  return bare === words ? words : withoutFillers(bare);
}
