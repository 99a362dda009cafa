import type { Account, Repository } from "../model.ts";
import { accountShape, nodeId } from "../shapes/account-shape.ts";
import { repositoryShape } from "../shapes/repository-shape.ts";
import { installationOf, type World } from "../world.ts";

/** Who acts, and in which repository. */
export type By = { world: World; repository: Repository; actor: Account };

/** Sends the App the webhook of something that happened, if it is installed and listens to such events. */
export function announce(
  { world, repository, actor }: By,
  name: string,
  payload: Record<string, unknown>,
): void {
  const [event = "", action] = name.split(".");
  const installation = installationOf(world, repository);
  if (!installation || !world.app.events.includes(event)) return;
  world.hooks.send({
    event,
    action: action ?? null,
    installationId: installation.id,
    repositoryId: repository.id,
    payload: {
      ...(action && { action }),
      ...payload,
      repository: repositoryShape(world, repository),
      sender: accountShape(world, actor),
      installation: { id: installation.id, node_id: nodeId("IN", installation.id) },
    },
  });
}
