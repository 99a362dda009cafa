import { Failure } from "../domain/task/failure.ts";
import type { PublishedCommit, Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";

/**
 * Rejects with a `rules` failure where the commit has no signature that GitHub verifies and the base takes no other (SPEC
 * section 9). A base whose rules cannot be seen is left to GitHub.
 */
export async function refuseUnsigned(
  { repository, attempts }: Task,
  { verified, reason = "no reason told" }: PublishedCommit,
  { protection }: Pick<Ports, "protection">,
): Promise<void> {
  if (verified) return;
  const branch = attempts[0]?.base?.ref ?? repository.defaultBranch;
  if (!(await protection.rules(repository, branch))?.signatures) return;
  throw new Failure(
    "rules",
    `\`${branch}\` requires signed commits, and GitHub did not verify the signature of this one (${reason}); no branch was made. An Enterprise Server signs an App's commits only where its administrator has set up web commit signing.`,
  );
}
