import { fullName, type Installation, type Repository } from "../model.ts";
import { accountShape, nodeId } from "../shapes/account-shape.ts";
import { installationShape } from "../shapes/app-shape.ts";
import { now, type World } from "../world.ts";

/** Installs the App on a repository, and on its owner where that is new. */
export function install(world: World, repository: Repository): void {
  const old = world.installations.find((one) => one.account.id === repository.owner.id);
  const repositories = [
    {
      id: repository.id,
      node_id: nodeId("R", repository.id),
      name: repository.name,
      full_name: fullName(repository),
      private: repository.private,
    },
  ];
  if (old) {
    old.repositoryIds.add(repository.id);
    const selection = { repository_selection: "selected", requester: null };
    const change = { ...selection, repositories_added: repositories, repositories_removed: [] };
    announceInstallation(world, old, { event: "installation_repositories", action: "added", ...change });
    return;
  }
  const installation: Installation = {
    id: world.newId(),
    account: repository.owner,
    permissions: world.app.permissions,
    repositoryIds: new Set([repository.id]),
    createdAt: now(world),
  };
  world.installations.push(installation);
  announceInstallation(world, installation, { event: "installation", action: "created", repositories });
}

function announceInstallation(
  world: World,
  installation: Installation,
  { event, action, ...more }: { event: string; action: string; [key: string]: unknown },
): void {
  world.hooks.send({
    event,
    action,
    installationId: installation.id,
    repositoryId: null,
    payload: {
      action,
      installation: installationShape(world, installation),
      ...more,
      sender: accountShape(world, installation.account),
    },
  });
}
