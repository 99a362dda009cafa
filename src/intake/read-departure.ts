import { z } from "zod";

const Ids = z.array(z.object({ id: z.number().int().positive() }));

/** The fields of `installation` and `installation_repositories`, which name no single repository. */
const DeparturePayload = z.object({
  action: z.string(),
  sender: z.object({ id: z.number().int(), login: z.string() }),
  installation: z.object({ id: z.number().int().positive() }),
  repositories_removed: Ids.optional(),
});

/** The App or a repository went away: of an installation all its repositories, or those that are named. */
export type Departure = {
  kind: "leave";
  by: string;
  byId: number;
  delivery: string;
  repositoryIds: number[];
  installationId?: number;
  why: string;
  /** Whether the App was uninstalled, so that what it knows is to be forgotten. */
  isFinal?: true;
};

const words: Record<string, string> = {
  deleted: "The App was uninstalled.",
  suspend: "The App was suspended.",
};

/** Reads an event of an installation; undefined where nobody went away. */
export function readDeparture(payload: unknown): Omit<Departure, "delivery"> | undefined {
  const parsed = DeparturePayload.safeParse(payload);
  if (!parsed.success) return undefined;
  const { action, sender, installation, repositories_removed: removed } = parsed.data;
  const asked = { kind: "leave", by: sender.login, byId: sender.id } as const;
  if (removed && removed.length > 0)
    return {
      ...asked,
      repositoryIds: removed.map(({ id }) => id),
      why: "The repository was taken out of the App's installation.",
    };
  const why = words[action];
  if (!why || removed) return undefined;
  const isFinal = action === "deleted" && { isFinal: true as const };
  return { ...asked, repositoryIds: [], installationId: installation.id, why, ...isFinal };
}
