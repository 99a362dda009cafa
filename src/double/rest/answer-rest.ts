import type { By } from "../acts/announce.ts";
import { allows, type Grant } from "../auth/grants.ts";
import { verifyAppJwt } from "../auth/verify-app-jwt.ts";
import { type Answer, refused } from "../http/answer.ts";
import { findRoute } from "../http/router.ts";
import type { Account, Repository } from "../model.ts";
import { notAccessible, notFound, Refusal } from "../refusal.ts";
import { findRepository, type World } from "../world.ts";
import { appRoutes } from "./app-routes.ts";
import type { Call, RepositoryCall, RestRoute } from "./calls.ts";
import { checkRoutes } from "./check-routes.ts";
import { commentRoutes } from "./comment-routes.ts";
import { contentRoutes } from "./content-routes.ts";
import { gitRoutes } from "./git-routes.ts";
import { graphqlRoutes } from "./graphql-routes.ts";
import { issueRoutes } from "./issue-routes.ts";
import { pullRoutes } from "./pull-routes.ts";
import { refRoutes } from "./ref-routes.ts";
import { repositoryRoutes } from "./repository-routes.ts";
import { ruleRoutes } from "./rule-routes.ts";
import { readableIds, teamRoutes, userRoutes } from "./user-routes.ts";

const routes: readonly RestRoute[] = [
  ...appRoutes,
  ...graphqlRoutes,
  ...commentRoutes,
  ...issueRoutes,
  ...pullRoutes,
  ...checkRoutes,
  ...gitRoutes,
  ...refRoutes,
  ...ruleRoutes,
  ...contentRoutes,
  ...repositoryRoutes,
  ...userRoutes,
  ...teamRoutes,
];

/** A request to the REST API. */
export type RestRequest = {
  method: string;
  url: URL;
  authorization: string | undefined;
  body: unknown;
  /** The tag of what the caller has already. */
  knows?: string | undefined;
};

/** Answers a request to the REST API as GitHub would. */
export async function answerRest(world: World, request: RestRequest): Promise<Answer> {
  try {
    const found = findRoute(routes, request.method, request.url.pathname);
    if (!found) throw notFound();
    return unlessKnown(await run(world, request, found), request.knows);
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    throw error;
  }
}

/** What the caller has already is not sent again. */
function unlessKnown(answer: Answer, tag: string | undefined): Answer {
  const same = tag !== undefined && answer.headers?.etag === tag;
  return same ? { status: 304, headers: { etag: tag } } : answer;
}

type Found = { route: RestRoute; params: Record<string, string> };

async function run(world: World, request: RestRequest, { route, params }: Found): Promise<Answer> {
  const call = { world, url: request.url, body: request.body, params };
  if (route.access === "repository" && request.authorization === undefined) {
    const open = publicCall(call, { method: request.method, params });
    if (open) return route.handle(open);
  }
  if (route.access === "open") return route.handle(call);
  const token = bearer(request.authorization);
  if (route.access === "app") {
    verifyAppJwt(token, world.app, world.clock());
    return route.handle(call);
  }
  return runWith(token, { call, route, method: request.method });
}

type CallOf = Call & { params: Record<string, string> };

/** Answers what needs a token of an installation or of a person. */
async function runWith(
  token: string,
  {
    call,
    route,
    method,
  }: { call: CallOf; route: Exclude<RestRoute, { access: "app" | "open" }>; method: string },
): Promise<Answer> {
  const { world, params } = call;
  const account = world.authorizations.find(token);
  if (route.access === "user") {
    if (!account) throw new Refusal(401, "Bad credentials");
    return route.handle({ ...call, account });
  }
  const grant = account ? userGrant(world, account, token) : world.grants.find(token);
  if (!grant) throw new Refusal(401, "Bad credentials");
  if (route.access === "installation") return route.handle({ ...call, grant });
  const repository = visible(world, grant, params);
  refuseWithout(route.needs, { grant, repository, method });
  const by = { world, repository, actor: grant.actor ?? world.app.bot };
  const full: RepositoryCall & { params: Record<string, string> } = { ...call, grant, ...by, by };
  if (method === "GET") return route.handle(full);
  return repository.alone(async () => route.handle(full));
}

/** What the App may do for a person: what both may. */
function userGrant(world: World, account: Account, token: string): Grant {
  const readable = readableIds(world, account);
  const installed = world.installations.flatMap(({ repositoryIds }) => [...repositoryIds]);
  const repositoryIds = new Set(installed.filter((id) => readable.has(id)));
  const { permissions, createdAt } = world.app;
  const installation = { id: 0, account, permissions, repositoryIds, createdAt };
  return {
    token,
    installation,
    permissions,
    repositoryIds,
    actor: account,
    expiresAt: Number.POSITIVE_INFINITY,
  };
}

/** The call of somebody without a token, who reads what is public and nothing else. */
function publicCall(
  call: Omit<RepositoryCall, "grant" | keyof By | "by"> & { world: World },
  { method, params }: { method: string; params: Record<string, string> },
): (RepositoryCall & { params: Record<string, string> }) | undefined {
  const { world } = call;
  const repository = findRepository(world, params.owner ?? "", params.repo ?? "");
  if (!repository || repository.private || method !== "GET") return undefined;
  const nothing = { permissions: {}, repositoryIds: new Set<number>() };
  const installation = { id: 0, account: repository.owner, createdAt: repository.createdAt, ...nothing };
  const grant: Grant = { token: "", installation, expiresAt: Number.POSITIVE_INFINITY, ...nothing };
  const by = { world, repository, actor: world.app.bot };
  return { ...call, params, grant, ...by, by };
}

function bearer(authorization: string | undefined): string {
  const token = authorization?.match(/^(?:bearer|token)\s+(?<token>\S+)$/i)?.groups?.token;
  if (!token) throw new Refusal(401, "Requires authentication");
  return token;
}

function visible(world: World, grant: Grant, params: Record<string, string>): Repository {
  const repository = findRepository(world, params.owner ?? "", params.repo ?? "");
  if (!repository || (repository.private && !grant.repositoryIds.has(repository.id))) throw notFound();
  return repository;
}

function refuseWithout(
  needs: readonly string[],
  { grant, repository, method }: { grant: Grant; repository: Repository; method: string },
): void {
  const granted = grant.repositoryIds.has(repository.id);
  const readsPublic = method === "GET" && !repository.private;
  if (!(granted && allows(grant.permissions, needs)) && !readsPublic) throw notAccessible();
  if (method !== "GET" && repository.archived)
    throw new Refusal(403, "Repository was archived so is read-only.");
}
