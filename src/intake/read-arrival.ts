import { z } from "zod";
import type { Repository } from "../domain/task/task.ts";

const Named = z.array(
  z.object({ id: z.number().int().positive(), full_name: z.string().regex(/^[^/]+\/[^/]+$/) }),
);

/** The fields of `installation` and `installation_repositories` by which repositories come to the App. */
const ArrivalPayload = z.object({
  action: z.enum(["created", "added"]),
  sender: z.object({ id: z.number().int(), login: z.string() }),
  installation: z.object({ id: z.number().int().positive() }),
  repositories: Named.optional(),
  repositories_added: Named.optional(),
});

/** The App was installed on repositories that somebody chose. */
export type Arrival = {
  kind: "arrive";
  by: string;
  byId: number;
  delivery: string;
  repositories: Repository[];
};

/** Reads an event of an installation; undefined where no repository came. */
export function readArrival(payload: unknown): Omit<Arrival, "delivery"> | undefined {
  const parsed = ArrivalPayload.safeParse(payload);
  if (!parsed.success) return undefined;
  const { sender, installation, repositories, repositories_added: added } = parsed.data;
  const came = added ?? repositories ?? [];
  if (came.length === 0) return undefined;
  return {
    kind: "arrive",
    by: sender.login,
    byId: sender.id,
    repositories: came.map(({ id, full_name: fullName }) => {
      const [owner = "", name = ""] = fullName.split("/");
      // The payload does not tell the default branch, which GitHub knows under this name too.
      return { id, installationId: installation.id, owner, name, defaultBranch: "HEAD" };
    }),
  };
}
