import { allows } from "../auth/grants.ts";
import { type Answer, ok } from "../http/answer.ts";
import { pageOf, paginate } from "../http/paginate.ts";
import type { Account, Repository } from "../model.ts";
import { notAccessible, notFound } from "../refusal.ts";
import { accountShape } from "../shapes/account-shape.ts";
import { installationShape } from "../shapes/app-shape.ts";
import { repositoryShape } from "../shapes/repository-shape.ts";
import { findTeam, type World } from "../world.ts";
import { installationRoute, type UserCall, userRoute } from "./calls.ts";

/** A person by the token with which they let the App act for them. */
export const userRoutes = [
  userRoute("GET /user", ({ world, account }) => ok(privateShape(world, account))),
  userRoute("GET /user/installations", ({ world, account, url }) => {
    const all = world.installations.filter((one) =>
      world.repositories.some(({ id }) => one.repositoryIds.has(id) && readableIds(world, account).has(id)),
    );
    const { items, link } = paginate(all, url);
    const installations = items.map((one) => installationShape(world, one));
    return listing({ total_count: all.length, installations }, link);
  }),
  userRoute("GET /user/installations/:id/repositories", (call) =>
    repositoriesOf(call, Number(call.params.id)),
  ),
];

/** Who is in a team, for an App that may read that. */
export const teamRoutes = [
  installationRoute("GET /orgs/:org/teams/:slug/members", (call) => {
    const { world, grant, params } = call;
    const team = findTeam(world, `${params.org}/${params.slug}`);
    if (!allows(grant.permissions, ["members:read"])) throw notAccessible();
    if (!team || grant.installation.account.id !== team.org.id) throw notFound();
    return pageOf(team.members, call.url, (member) => accountShape(world, member));
  }),
];

/** Repositories of which somebody has more than the world: GitHub's "explicit permission". */
export function readableIds(world: World, account: Account): Set<number> {
  const may = ({ owner, collaborators }: Repository): boolean =>
    owner.id === account.id || collaborators.has(account.login.toLowerCase());
  return new Set(world.repositories.filter(may).map(({ id }) => id));
}

function repositoriesOf({ world, account, url }: UserCall, id: number): Answer {
  const installation = world.installations.find((one) => one.id === id);
  const readable = readableIds(world, account);
  const all = world.repositories.filter(
    (one) => installation?.repositoryIds.has(one.id) && readable.has(one.id),
  );
  if (!installation || all.length === 0) throw notFound();
  const { items, link } = paginate(all, url);
  const repositories = items.map((one) => repositoryShape(world, one));
  return listing({ total_count: all.length, repository_selection: "selected", repositories }, link);
}

function listing(body: object, link: string | undefined): Answer {
  return link ? { ...ok(body), headers: { link } } : ok(body);
}

/** What only the person themselves is shown. */
function privateShape(world: World, account: Account) {
  const createdAt = world.app.createdAt;
  return {
    ...accountShape(world, account),
    ...{
      name: account.login,
      company: null,
      blog: null,
      location: null,
      email: null,
      hireable: null,
      bio: null,
    },
    ...{ public_repos: 0, public_gists: 0, followers: 0, following: 0 },
    ...{ created_at: createdAt, updated_at: createdAt },
  };
}
