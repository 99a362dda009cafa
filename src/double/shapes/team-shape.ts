import type { Team } from "../model.ts";
import type { World } from "../world.ts";
import { nodeId } from "./account-shape.ts";

/** A team as the REST API and webhooks show it. */
export function teamShape(world: World, { id, org, slug }: Team) {
  const url = `${world.url}/organizations/${org.id}/team/${id}`;
  return {
    ...{ id, node_id: nodeId("T", id), name: slug, slug, description: null },
    ...{ privacy: "closed", notification_setting: "notifications_enabled", permission: "push" },
    url,
    html_url: `${world.url}/orgs/${org.login}/teams/${slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    parent: null,
    ...{ type: "organization", organization_id: org.id },
  };
}

/** The same in a webhook, which its published schema knows without the newest fields. */
export function teamHookShape(world: World, team: Team) {
  const { type: _type, organization_id: _organization, ...shown } = teamShape(world, team);
  return shown;
}
