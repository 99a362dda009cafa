import type { Account, Installation } from "../model.ts";
import type { World } from "../world.ts";
import { accountShape, nodeId } from "./account-shape.ts";

/** An App as the API and the webhooks show it; ours unless told. */
export function appShape(world: World, app = world.app) {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId("A", app.id),
    owner: accountShape(world, app.owner),
    name: app.name,
    description: "",
    external_url: `${world.url}/apps/${app.slug}`,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  };
}

/** The App if the account is its bot, else null. */
export function viaApp(world: World, author: Account) {
  return author.id === world.app.bot.id ? appShape(world) : null;
}

/** The App on an account. */
export function installationShape(world: World, installation: Installation) {
  const { app } = world;
  return {
    id: installation.id,
    account: accountShape(world, installation.account),
    repository_selection: "selected",
    access_tokens_url: `${world.url}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${world.url}/installation/repositories`,
    html_url: `${world.url}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: installation.account.id,
    target_type: installation.account.type,
    permissions: installation.permissions,
    events: app.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspendedAt ? accountShape(world, installation.account) : null,
    suspended_at: installation.suspendedAt ?? null,
  };
}
