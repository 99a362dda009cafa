import { z } from "zod";
import { allows } from "../auth/grants.ts";
import { type Answer, noContent, ok } from "../http/answer.ts";
import { pageOf, paginate } from "../http/paginate.ts";
import type { Installation, Permissions } from "../model.ts";
import { invalid, notFound, Refusal } from "../refusal.ts";
import { accountShape } from "../shapes/account-shape.ts";
import { appShape, installationShape } from "../shapes/app-shape.ts";
import { repositoryShape } from "../shapes/repository-shape.ts";
import { findAccount, findApp, findRepository, installationOf, timestamp, type World } from "../world.ts";
import { appRoute, bodyOf, type Call, installationRoute, openRoute } from "./calls.ts";

const TokenRequest = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
  permissions: z.record(z.string(), z.enum(["read", "write"])).optional(),
});

/** The App, its installations and their tokens. */
export const appRoutes = [
  appRoute("GET /app", ({ world }) => ok(appShape(world))),
  appRoute("GET /app/installations", ({ world, url }) =>
    pageOf(world.installations, url, (one) => installationShape(world, one)),
  ),
  appRoute("GET /app/installations/:id", ({ world, params }) =>
    ok(installationShape(world, installationAt(world, params.id))),
  ),
  appRoute("POST /app/installations/:id/access_tokens", (call) =>
    giveToken(call, installationAt(call.world, call.params.id)),
  ),
  appRoute("GET /app/hook/config", ({ world }) => ok(hookShape(world))),
  appRoute("GET /app/hook/deliveries", ({ world, url }) => listDeliveries(world, url)),
  appRoute("GET /app/hook/deliveries/:id", ({ world, params }) => {
    const delivery = world.hooks.deliveries().find(({ id }) => id === Number(params.id));
    if (!delivery) throw notFound();
    return ok(delivery);
  }),
  appRoute("POST /app/hook/deliveries/:id/attempts", ({ world, params }) => {
    if (!world.hooks.redeliver(Number(params.id))) throw notFound();
    return { status: 202, body: {} };
  }),
  appRoute("GET /repos/:owner/:repo/installation", ({ world, params }) => {
    const repository = findRepository(world, params.owner, params.repo);
    const installation = repository && installationOf(world, repository);
    if (!installation) throw notFound();
    return ok(installationShape(world, installation));
  }),
  openRoute("POST /app-manifests/:code/conversions", ({ world, params }) => {
    const make = world.manifests.get(params.code);
    if (!make) throw notFound();
    world.manifests.delete(params.code);
    make();
    const { clientId: client_id, clientSecret: client_secret } = world.app;
    const { privateKey: pem, webhookSecret: webhook_secret } = world.secrets;
    return { status: 201, body: { ...appShape(world), client_id, client_secret, webhook_secret, pem } };
  }),
  installationRoute("GET /installation/repositories", ({ world, grant, url }) => {
    const all = world.repositories.filter((one) => grant.repositoryIds.has(one.id));
    const { items, link } = paginate(all, url);
    const repositories = items.map((one) => repositoryShape(world, one));
    const body = { total_count: all.length, repository_selection: "selected", repositories };
    return link ? { ...ok(body), headers: { link } } : ok(body);
  }),
  installationRoute("DELETE /installation/token", ({ world, grant }) => {
    world.grants.revoke(grant.token);
    return noContent();
  }),
  installationRoute("GET /apps/:slug", ({ world, params }) => {
    const app = findApp(world, params.slug);
    if (!app) throw notFound();
    return ok(appShape(world, app));
  }),
  installationRoute("GET /users/:login", ({ world, params }) => {
    const account = findAccount(world, params.login);
    if (!account) throw notFound();
    const shape = accountShape(world, account);
    return ok({ ...shape, ...profile, created_at: world.app.createdAt, updated_at: world.app.createdAt });
  }),
];

const profile = {
  name: null,
  company: null,
  blog: "",
  location: null,
  email: null,
  hireable: null,
  bio: null,
  public_repos: 0,
  public_gists: 0,
  followers: 0,
  following: 0,
};

/** The secret itself is never shown. */
function hookShape({ hooks }: World): object {
  const { url, settings } = hooks;
  return {
    content_type: settings.contentType,
    insecure_ssl: settings.insecureSsl ? "1" : "0",
    ...(settings.secret && { secret: "********" }),
    ...(url && { url }),
  };
}

/** Deliveries are paged by a cursor: what follows an id, towards the past. */
function listDeliveries(world: World, url: URL): Answer {
  const size = Math.min(Number(url.searchParams.get("per_page")) || 30, 100);
  const cursor = Number(url.searchParams.get("cursor")) || Number.POSITIVE_INFINITY;
  const rest = world.hooks.deliveries().filter(({ id }) => id < cursor);
  const page = rest.slice(0, size).map(({ request, response, url: _, ...item }) => item);
  const last = page.at(-1);
  if (!last || rest.length <= size) return ok(page);
  const next = new URL(url);
  next.searchParams.set("cursor", String(last.id));
  return { ...ok(page), headers: { link: `<${next}>; rel="next"` } };
}

function installationAt(world: World, id: string): Installation {
  const installation = world.installations.find((one) => one.id === Number(id));
  if (!installation) throw notFound();
  return installation;
}

function giveToken(call: Call, installation: Installation): Answer {
  const { world } = call;
  if (installation.suspendedAt) throw new Refusal(403, "This installation has been suspended");
  const asked = bodyOf(TokenRequest, call);
  const permissions = grantedPermissions(installation, asked.permissions);
  const repositoryIds = grantedRepositories(world, installation, asked);
  const grant = world.grants.issue(world.app.id, {
    installation,
    permissions,
    repositoryIds: repositoryIds ?? installation.repositoryIds,
  });
  const limited = repositoryIds && {
    repositories: world.repositories
      .filter((one) => repositoryIds.has(one.id))
      .map((one) => repositoryShape(world, one)),
  };
  return {
    status: 201,
    body: {
      token: grant.token,
      expires_at: timestamp(grant.expiresAt),
      permissions,
      repository_selection: "selected",
      ...limited,
    },
  };
}

function grantedPermissions(installation: Installation, asked: Permissions | undefined): Permissions {
  if (!asked) return installation.permissions;
  const granted = Object.entries(asked).every(([name, level]) =>
    allows(installation.permissions, [`${name}:${level}`]),
  );
  if (!granted) throw invalid("The permissions requested are not granted to this installation.");
  return { metadata: "read", ...asked };
}

function grantedRepositories(
  world: World,
  installation: Installation,
  asked: z.infer<typeof TokenRequest>,
): Set<number> | undefined {
  if (!asked.repositories && !asked.repository_ids) return undefined;
  const named = (asked.repositories ?? []).map(
    (name) =>
      world.repositories.find((one) => one.name === name && one.owner.id === installation.account.id)?.id ??
      0,
  );
  const ids = [...named, ...(asked.repository_ids ?? [])];
  if (!ids.every((id) => installation.repositoryIds.has(id)))
    throw invalid(
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  return new Set(ids);
}
