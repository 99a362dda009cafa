import { type Answer, html } from "../http/answer.ts";
import { findRoute, route } from "../http/router.ts";
import { isPullRequest } from "../model.ts";
import { findRepository, type World } from "../world.ts";
import { issuePage } from "./issue-page.ts";
import { layout } from "./layout.ts";
import { markup } from "./markup.ts";
import { pullPage } from "./pull-page.ts";
import { repositoryPage, startPage } from "./repository-page.ts";

type Call = { world: World };
type Place = { params: { owner: string; name: string } };
type Numbered = { params: { number: string } };

const routes = [
  route("GET", "/", ({ world }: Call) => html(200, startPage(world.repositories))),
  route("GET", "/:owner/:name", async (call: Call & Place) => {
    const repository = repositoryOf(call);
    return repository ? html(200, await repositoryPage(repository)) : nothingHere();
  }),
  route("GET", "/:owner/:name/issues/:number", showIssue),
  route("GET", "/:owner/:name/pull/:number", showIssue),
];

/** The pages that a person sees in the browser. They ask for no sign-in: the double knows no secrets. */
export async function answerPage(world: World, url: URL): Promise<Answer> {
  const found = findRoute(routes, "GET", url.pathname);
  return found ? found.route.handle({ world, params: found.params } as never) : nothingHere();
}

async function showIssue(call: Call & Place & Numbered): Promise<Answer> {
  const repository = repositoryOf(call);
  const issue = repository?.issues[Number(call.params.number) - 1];
  if (!repository || !issue) return nothingHere();
  return html(200, isPullRequest(issue) ? await pullPage(repository, issue) : issuePage(repository, issue));
}

function repositoryOf({ world, params }: Call & Place) {
  return findRepository(world, params.owner, params.name);
}

function nothingHere(): Answer {
  const body = markup`<h1>404</h1><p class="quiet">There is nothing at this address.</p>`;
  return html(404, layout({ title: "Not found", trail: markup`<a href="/">Repositories</a>`, body }));
}
