import { type Answer, html } from "../http/answer.ts";
import { findRoute, type Params, type Route, route } from "../http/router.ts";
import { isPullRequest } from "../model.ts";
import { findRepository, type World } from "../world.ts";
import { issuePage } from "./issue-page.ts";
import { layout } from "./layout.ts";
import { markup } from "./markup.ts";
import { pullPage } from "./pull-page.ts";
import { repositoryPage, startPage } from "./repository-page.ts";

type PageCall = { world: World };
type RepositoryPageCall = PageCall & { params: { owner: string; name: string } };
type Numbered = RepositoryPageCall & { params: { number: string } };

const routes = [
  page("/", ({ world }) => html(200, startPage(world.repositories))),
  page("/_logs/:id", ({ world, params }) => {
    const runs = world.repositories.flatMap(({ checkRuns }) => checkRuns);
    const log = runs.find(({ id }) => id === Number(params.id))?.log;
    return log === undefined ? nothingHere() : { status: 200, body: log };
  }),
  page("/:owner/:name", async (call) => {
    const repository = repositoryOf(call);
    return repository ? html(200, await repositoryPage(repository)) : nothingHere();
  }),
  page("/:owner/:name/issues/:number", showIssue),
  page("/:owner/:name/pull/:number", showIssue),
];

function page<const Path extends string>(
  path: Path,
  handle: (call: PageCall & { params: Params<Path> }) => Promise<Answer> | Answer,
): Route<PageCall> {
  return route<Path, PageCall>("GET", path, handle);
}

/** The pages that a person sees in the browser. They ask for no sign-in: the double knows no secrets. */
export async function answerPage(world: World, url: URL): Promise<Answer> {
  const found = findRoute(routes, "GET", url.pathname);
  return found ? found.route.handle({ world, params: found.params }) : nothingHere();
}

async function showIssue(call: Numbered): Promise<Answer> {
  const repository = repositoryOf(call);
  const issue = repository?.issues[Number(call.params.number) - 1];
  if (!repository || !issue) return nothingHere();
  return html(200, isPullRequest(issue) ? await pullPage(repository, issue) : issuePage(repository, issue));
}

function repositoryOf({ world, params }: RepositoryPageCall) {
  return findRepository(world, params.owner, params.name);
}

function nothingHere(): Answer {
  const body = markup`<h1>404</h1><p class="quiet">There is nothing at this address.</p>`;
  return html(404, layout({ title: "Not found", trail: markup`<a href="/">Repositories</a>`, body }));
}
