import type { Brief } from "../../domain/task/brief.ts";
import { type HeadingName, headingWords } from "./heading-words.ts";

/** The name of a field in code. */
export type Field = keyof Brief;

type FieldFacts = { label: string; needed: boolean; example: string };

/** The fields in the order of the form: their headings, and the placeholder of one that is still to be written. */
export const fields = {
  goal: {
    label: "Goal",
    needed: true,
    example: "TODO: what is to be true afterwards that is not true now, in a sentence or two",
  },
  nonGoals: {
    label: "Non-goals",
    needed: true,
    example: "- TODO: what must stay as it is",
  },
  validation: {
    label: "Validation command",
    needed: true,
    example: "```sh\nTODO: npm test\n```",
  },
  doneWhen: {
    label: "Done when",
    needed: true,
    example: "- [ ] TODO: something that can be checked",
  },
  boundary: { label: "Approval boundary", needed: true, example: "- TODO: reviewer: @login" },
  scope: {
    label: "Files likely affected",
    needed: false,
    example: "- TODO: `src/**`",
  },
  constraints: {
    label: "Constraints",
    needed: false,
    example: "- TODO: what the change has to respect",
  },
  kind: { label: "Kind", needed: false, example: "TODO: bug fix" },
  dependencies: { label: "Dependencies", needed: false, example: "- TODO: `name@range`" },
  base: { label: "Base branch", needed: false, example: "TODO: main" },
  budget: { label: "Budget", needed: false, example: "TODO: $4, 30 min" },
  agent: { label: "Agent", needed: false, example: "TODO: claude" },
  dependsOn: { label: "Depends on", needed: false, example: "TODO: #12" },
} satisfies Record<Field, FieldFacts>;

/** The fields' names in the order of the form. */
export const fieldNames = Object.keys(fields) as Field[];

/** What a field may hold at most; beyond it a brief is no brief but a document. */
export const limits = {
  goal: { least: 10, most: 4_000 },
  items: { nonGoals: 50, doneWhen: 50, constraints: 50, scope: 100, dependencies: 50 },
  itemLength: 500,
  commandLength: 1_000,
  commands: 5,
  dependsOn: 20,
  reviewers: 10,
  boundaryEntries: 50,
  /** All fields together, in characters: what is frozen is shown, and a comment on GitHub holds 65,536 with every sign escaped. */
  briefLength: 24_000,
  /** Of one field, when a text is refused. */
  problems: 20,
  minutes: 10_080,
  usd: 10_000,
};

/** How surely a heading means its field: by the field's own name, by another word for it, or only perhaps. */
export type Strength = "named" | "told" | "likely";

/** What a heading may mean. */
export type Meaning = { name: HeadingName; strength: Strength };

const strengths: Strength[] = ["named", "told", "likely"];
const names = Object.keys(headingWords) as HeadingName[];

const byHeading = new Map<string, Meaning[]>();
for (const strength of strengths)
  for (const name of names)
    for (const word of headingWordsOf(name, strength)) {
      const known = byHeading.get(word) ?? [];
      if (!known.some((one) => one.name === name)) byHeading.set(word, [...known, { name, strength }]);
    }

function plainHeadings(words: string): string[] {
  return words.split("|").map(plainHeading);
}

function headingWordsOf(name: HeadingName, strength: Strength): string[] {
  return Object.values(headingWords[name][strength] ?? {}).flatMap(plainHeadings);
}

/** Longer headings name no field, however much of them is decoration; and decoration is not looked for without end. */
const longestHeading = 200;

/** All that a heading may mean, whatever its case, accents, dashes, emphasis, number, emoji or final colon. */
export function meaningsOf(heading: string): Meaning[] {
  if (heading.length > longestHeading) return [];
  return byHeading.get(plainHeading(heading)) ?? meaningsOfPair(heading);
}

/** `Constraints / Non-goals`: of two names the one field that is needed; of two that are, nobody knows which. */
function meaningsOfPair(heading: string): Meaning[] {
  const [first = [], second = [], ...others] = heading
    .split(/[/&|]/)
    .map((part) => byHeading.get(plainHeading(part)) ?? []);
  if (first.length === 0 || second.length === 0 || others.length > 0) return [];
  const found = [...first, ...second].filter(({ strength }) => strength !== "likely").map(({ name }) => name);
  const [needed, ...more] = new Set(found.filter((name) => name !== "reviewer" && fields[name].needed));
  return needed !== undefined && more.length === 0 ? [{ name: needed, strength: "told" }] : [];
}

/** The field that a heading surely names. */
export function fieldOf(heading: string): Field | undefined {
  const sure = meaningsOf(heading).find(({ strength }) => strength !== "likely")?.name;
  return sure === "reviewer" ? "boundary" : sure;
}

/** The English headings of a field, plain. */
export function headingsOf(field: Field): string[] {
  return plainHeadings(headingWords[field].named.en ?? "");
}

/** A heading without its decoration: marks, emoji and other signs around it, a number before it. */
export function plainHeading(heading: string): string {
  return heading
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/:[a-z\d_+-]{1,40}:|\((?:required|optional)\)/g, " ")
    .replace(/[*_`:,]/g, " ")
    .replace(/[-\u2010-\u2015]/g, " ")
    .replace(/^\s*\d{1,3}[.)]\s/, " ")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")
    .replace(/\s+/g, " ");
}
