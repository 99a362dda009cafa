import { noting } from "../domain/task/lease.ts";
import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";

/** The repository has another name or owner → its live tasks write there from now on: GitHub redirects no writes. */
export async function rename(
  order: Extract<Command, { kind: "rename" }>,
  ports: Pick<Ports, "clock" | "tasks">,
): Promise<void> {
  const { repository, by } = order;
  const live = await ports.tasks.find({ live: true, repositoryId: repository.id });
  const at = ports.clock.now().toISOString();
  for (const { id } of live)
    await ports.tasks.change(id, (task) =>
      noting(task, { repository }, { at, what: "repository renamed", by, details: { repository } }),
    );
}
