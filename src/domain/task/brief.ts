import { z } from "zod";

/** The kinds of task that the issue form offers. */
export const kinds = ["bug fix", "test backfill", "migration", "docs or cleanup", "other"] as const;

/** What a change can touch that a person may want a say in; `dependencies`, `ci` and `deletions` are measured. */
export const classes = [
  "dependencies",
  "ci",
  "migrations",
  "public-api",
  "auth",
  "billing",
  "security",
  "deletions",
  "architecture",
] as const;
export type Class = (typeof classes)[number];

/** One line of "Done when", numbered so that evidence can be named for it. */
export const Criterion = z.object({ id: z.string().regex(/^AC-\d+$/), text: z.string() });
export type Criterion = z.infer<typeof Criterion>;

/** Who reviews, and what may not be touched without a word (`ask`) or at all (`never`): classes or globs. */
export const Boundary = z.object({
  reviewers: z.array(z.string()).describe("GitHub logins without the @"),
  ask: z.array(z.string()),
  never: z.array(z.string()),
});
export type Boundary = z.infer<typeof Boundary>;

/** The contract parsed from an issue's body (SPEC section 5). */
export const Brief = z.object({
  goal: z
    .string()
    .min(4)
    .max(4_000)
    .describe("at least ten letters, or four signs of a script that writes words with one or two"),
  nonGoals: z.array(z.string()).min(1).describe("items that are globs are forbidden paths too"),
  validation: z
    .string()
    .min(1)
    .describe("one command a line; they are run in their order, and each must succeed"),
  doneWhen: z.array(Criterion).min(1),
  boundary: Boundary,
  scope: z.array(z.string()).describe("globs; empty means the whole repository"),
  constraints: z.array(z.string()),
  kind: z.enum(kinds),
  dependencies: z.array(z.object({ name: z.string(), range: z.string().optional() })),
  base: z.string().optional().describe("a branch; absent means the repository's default"),
  budget: z.object({ usd: z.number().positive().optional(), minutes: z.number().positive().optional() }),
  agent: z.string().optional().describe("a configured agent's name"),
  dependsOn: z.array(z.number().int().positive()).describe("issue numbers that must be closed first"),
});
export type Brief = z.infer<typeof Brief>;

/**
 * One reason why a text is not a brief yet, with the repair. `line` is 1-based, in the text as given;
 * `rule` is a name that stays when the words are bettered.
 */
export type Problem = { line: number; field: string; message: string; repair: string; rule?: string };

/** The commands of a validation, in the order in which they are run. */
export function commandsOf(validation: string): string[] {
  return validation.split("\n");
}

/** The non-goals that are paths or globs: what a change may not touch. */
export function forbiddenPaths({ nonGoals }: Pick<Brief, "nonGoals">): string[] {
  return nonGoals.flatMap((item) => globOf(item) ?? []);
}

/** The path or glob that an item consists of, with or without backticks; nothing if it is words. */
export function globOf(item: string): string | undefined {
  const { code } = /^`+ ?(?<code>[^`]+?) ?`+$/.exec(item)?.groups ?? {};
  const path = (code ?? item).replace(/^(?:\.?\/)+/, "");
  const isWords = code === undefined && /\s/.test(path);
  const isPath = /^[^\\:!~<>"'()`]+$/.test(path) && (/[/*]/.test(path) || /^[\w.-]*\.[a-z]\w*$/i.test(path));
  if (isWords || !isPath || path.split("/").includes("..")) return undefined;
  return path.endsWith("/") ? `${path}**` : path;
}
