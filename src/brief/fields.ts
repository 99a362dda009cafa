import type { Brief } from "../domain/brief.ts";

/** The name of a field in code. */
export type Field = keyof Brief;

type About = { label: string; also: string[]; needed: boolean; example: string };

/** The fields in the order of the form: their headings, and the placeholder of one that is still to be written. */
export const fields = {
  goal: {
    label: "Goal",
    also: [],
    needed: true,
    example: "TODO: what is to be true afterwards that is not true now, in a sentence or two",
  },
  nonGoals: {
    label: "Non-goals",
    also: ["Non goals", "Nongoals"],
    needed: true,
    example: "- TODO: what must stay as it is",
  },
  validation: {
    label: "Validation command",
    also: ["Validation", "Verify"],
    needed: true,
    example: "```sh\nTODO: npm test\n```",
  },
  doneWhen: {
    label: "Done when",
    also: ["Acceptance criteria"],
    needed: true,
    example: "- [ ] TODO: something that can be checked",
  },
  boundary: { label: "Approval boundary", also: [], needed: true, example: "- TODO: reviewer: @login" },
  scope: {
    label: "Files likely affected",
    also: ["In scope", "Files"],
    needed: false,
    example: "- TODO: `src/**`",
  },
  constraints: {
    label: "Constraints",
    also: [],
    needed: false,
    example: "- TODO: what the change has to respect",
  },
  kind: { label: "Kind", also: [], needed: false, example: "TODO: bug fix" },
  dependencies: { label: "Dependencies", also: [], needed: false, example: "- TODO: `name@range`" },
  base: { label: "Base branch", also: ["Base"], needed: false, example: "TODO: main" },
  budget: { label: "Budget", also: [], needed: false, example: "TODO: $4, 30 min" },
  agent: { label: "Agent", also: [], needed: false, example: "TODO: claude" },
  dependsOn: { label: "Depends on", also: [], needed: false, example: "TODO: #12" },
} satisfies Record<Field, About>;

/** The fields' names in the order of the form. */
export const fieldNames = Object.keys(fields) as Field[];

/** What a field may hold at most; beyond it a brief is no brief but a document. */
export const limits = {
  goal: { least: 10, most: 4_000 },
  items: { nonGoals: 50, doneWhen: 50, constraints: 50, scope: 100, dependencies: 50 },
  itemLength: 500,
  commandLength: 1_000,
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

const byHeading = new Map(
  fieldNames.flatMap((name) => headingsOf(name).map((heading): [string, Field] => [heading, name])),
);

/** Longer headings name no field, however much of them is decoration; and decoration is not looked for without end. */
const longestHeading = 200;

/** The field that a heading names, whatever its case, dashes, emphasis, number, emoji or final colon. */
export function fieldOf(heading: string): Field | undefined {
  return heading.length > longestHeading ? undefined : byHeading.get(plainHeading(heading));
}

/** The accepted headings of a field, plain. */
export function headingsOf(field: Field): string[] {
  return [fields[field].label, ...fields[field].also].map(plainHeading);
}

/** A heading without its decoration: marks, emoji and other signs around it, a number before it. */
export function plainHeading(heading: string): string {
  return heading
    .normalize("NFKC")
    .toLowerCase()
    .replace(/:[a-z\d_+-]{1,40}:|\((?:required|optional)\)/g, " ")
    .replace(/[*_`:]/g, " ")
    .replace(/[-\u2010-\u2015]/g, " ")
    .replace(/^\s*\d{1,3}[.)]\s/, " ")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")
    .replace(/\s+/g, " ");
}
