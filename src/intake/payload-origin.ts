import { z } from "zod";
import type { Repository } from "../domain/task/task.ts";

/** What every webhook's payload that is handled says of where it comes from. */
export const PayloadOrigin = z.object({
  action: z.string(),
  installation: z.object({ id: z.number().int().positive() }),
  repository: z.object({
    id: z.number().int().positive(),
    name: z.string(),
    default_branch: z.string(),
    owner: z.object({ login: z.string() }),
  }),
});
export type PayloadOrigin = z.infer<typeof PayloadOrigin>;

/** The repository that a payload is about. */
export function payloadRepository({
  repository,
  installation,
}: Pick<PayloadOrigin, "repository" | "installation">): Repository {
  const { id, name, owner, default_branch: defaultBranch } = repository;
  return { id, installationId: installation.id, owner: owner.login, name, defaultBranch };
}
