import { z } from "zod";
import type { Words } from "../text/words.ts";

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

/** More pull requests than these help nobody; the rest is counted. */
const mostNamed = 5;

/** Each with its author, or with the round that it is ours from. */
export function duplicateWords(duplicates: Duplicate[]): Words {
  const rest = duplicates.length - mostNamed;
  const named = duplicates
    .slice(0, mostNamed)
    .flatMap((one, at): Words => [...(at > 0 ? [", "] : []), ...nameWords(one)]);
  return rest > 0 ? [...named, ` and ${rest} more`] : named;
}

function nameWords({ number, repository = "", by, round }: Duplicate): Words {
  const at = `${repository}#${number}`;
  if (round !== undefined) return [`${at} (ours, round ${round})`];
  return by === undefined ? [at] : [`${at} by `, { code: `@${by}` }];
}
