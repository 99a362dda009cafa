import type { Account } from "../model.ts";
import type { World } from "../world.ts";

/** GitHub's opaque id of a thing, for GraphQL. */
export function nodeId(kind: string, id: number | string): string {
  return `${kind}_${Buffer.from(String(id)).toString("base64url")}`;
}

/** An account as the API and the webhooks show it. */
export function accountShape(world: World, account: Account) {
  const url = `${world.url}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type === "Bot" ? "BOT" : "U", account.id),
    avatar_url: `${world.url}/${encodeURIComponent(account.login)}.png`,
    gravatar_id: "",
    url,
    html_url: `${world.url}/${account.type === "Bot" ? `apps/${world.app.slug}` : account.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

/** The account, or null for nobody. */
export function accountOrNull(world: World, account: Account | null) {
  return account ? accountShape(world, account) : null;
}
