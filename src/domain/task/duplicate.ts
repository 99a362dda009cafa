import { z } from "zod";

/** An open pull request that closes a task's issue when it is merged. */
export const Duplicate = z.object({
  number: z.number().int().positive(),
  repository: z.string().exactOptional().describe("`owner/name`, where it is in another repository"),
  by: z.string().exactOptional().describe("the login of its author; absent where only the ledger knows it"),
  round: z.number().int().positive().exactOptional().describe("the earlier round that it is ours from"),
});
export type Duplicate = z.infer<typeof Duplicate>;

/** Whether both are one pull request. */
export function isSamePull(one: Duplicate, other: Duplicate): boolean {
  return one.number === other.number && one.repository === other.repository;
}
