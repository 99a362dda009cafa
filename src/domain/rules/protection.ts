import { z } from "zod";

/** The check that says whether the people who must have approved (SPEC section 10). */
export const approvalCheck = "drafthorse/approval";

/**
 * What GitHub requires before something is merged into a branch. Null is not measured: the App may not read classic branch
 * protection or bypass lists unless its owner grants it `administration: read`.
 */
export type BranchRules = {
  /** How many approvals; 0: none is required. */
  approvals: number | null;
  dismissesStale: boolean | null;
  /** The required checks, each with the id of the App that must send it; null: anybody may. */
  checks: { name: string; app: number | null }[];
  /** Whether each commit must have a signature that GitHub verifies. */
  signatures: boolean | null;
  /** False where the plan of a private repository has neither rules nor draft pull requests; null: not known. */
  drafts: false | null;
  /** Who may merge without all that; null: not measured. */
  bypass: string[] | null;
};

/** Something between a pull request and its base that is not as it should be. */
export const Gap = z.object({
  kind: z.enum(["reviews", "stale", "check", "pin", "bypass"]),
  measured: z.boolean().describe("false where GitHub did not let it be seen"),
  who: z
    .array(z.string())
    .exactOptional()
    .describe("`bypass`: who may; `pin`: the App by which it is required instead"),
});
export type Gap = z.infer<typeof Gap>;

/** A workflow of the repository that would run the agent's branch with something that is worth stealing. */
export const ExposedWorkflow = z.object({
  path: z.string(),
  event: z.string().describe("what starts it"),
  holds: z.array(z.string()).describe("what it has: secrets by name, rights of its token"),
});
export type ExposedWorkflow = z.infer<typeof ExposedWorkflow>;

/** What was found around the base when a brief was accepted. */
export const Protection = z.object({
  branch: z.string(),
  isDefault: z.boolean(),
  app: z.number().int().describe("our App's id, by which the check is to be pinned"),
  gaps: z.array(Gap),
  drafts: z.literal(false).exactOptional().describe("the repository's plan has no draft pull requests"),
  workflows: z.array(ExposedWorkflow),
});
export type Protection = z.infer<typeof Protection>;

/** Without these nothing gates the merge; `protection: require` runs nothing (SPEC section 10). */
export function gatesMissing({ gaps }: Pick<Protection, "gaps">): Gap[] {
  return gaps.filter(({ kind }) => kind === "reviews" || kind === "check" || kind === "pin");
}
