import { randomBytes } from "node:crypto";
import { type Context, Hono } from "hono";
import type { Child } from "hono/jsx";
import { answerAsset } from "../answer-asset.ts";
import { guardHeadersFor } from "../guard-headers.ts";
import { guardWrites } from "../guard-writes.ts";
import { isLocal } from "../loopback-sign-in.tsx";
import { renderPage } from "../render-page.tsx";
import { parseAnswers, type SetUpAnswers } from "./answers.ts";
import { buildManifest, comeBackPath } from "./app-manifest.ts";
import { AskPage, Confirm, NotRegistered, NotStarted, Running } from "./set-up-pages.tsx";
import type { SetUpEnd, SetUpParts } from "./set-up-parts.ts";

/** The pages of the first start, for somebody at this machine who has the token of the terminal. */
export function setUpApp(parts: SetUpParts): Hono {
  const { signIn, serverUrl } = parts;
  const waiting = new Map<string, SetUpAnswers>();
  const show = (context: Context, content: Child, status: ShownStatus = 200) =>
    showPage(context, { content, status, version: parts.assets.version });
  const app = new Hono();
  app.use(guardHeadersFor([serverUrl]));
  app.use(guardWrites(undefined));
  app.get("/assets/:name", (context, next) => answerAsset(context, parts.assets) ?? next());
  app.route("/", signIn.routes);
  // GitHub leads here from its own site, so that no cookie comes along: what only our form knew takes its place.
  app.get(comeBackPath, async (context) => {
    const { state = "", code = "" } = context.req.query();
    const answers = isLocal(context) ? waiting.get(state) : undefined;
    waiting.delete(state);
    // The next request of this browser is for the service that takes this server's place.
    context.header("connection", "close");
    if (!answers || !code) return show(context, <NotRegistered />, 403);
    return show(context, endPage(await parts.register(code, answers)));
  });
  app.use(async (context, next) => {
    if (await signIn.find(context)) return next();
    return show(context, signIn.invitation(context), 401);
  });
  app.get("/", (context) => show(context, <AskPage {...parts} given={{}} problems={{}} />));
  app.post("/set-up", async (context) => {
    const given = await context.req.parseBody();
    const read = parseAnswers(given, parts.known);
    if ("problems" in read)
      return show(context, <AskPage {...parts} given={given} problems={read.problems} />, 422);
    const state = randomBytes(32).toString("base64url");
    waiting.set(state, read.answers);
    const manifest = buildManifest(parts.manifest, read.answers, new URL(context.req.url).origin);
    const action = `${serverUrl}${registrationPath(read.answers)}?state=${state}`;
    return show(context, <Confirm action={action} manifest={manifest} answers={read.answers} />);
  });
  return app;
}

function registrationPath({ organization }: SetUpAnswers): string {
  return organization ? `/organizations/${organization}/settings/apps/new` : "/settings/apps/new";
}

function endPage(end: SetUpEnd): Child {
  switch (end.kind) {
    case "running":
      return <Running {...end} />;
    case "problems":
      return <NotStarted {...end} />;
    case "refused":
      return <NotRegistered />;
  }
}

type ShownStatus = 200 | 401 | 403 | 422;

async function showPage(
  context: Context,
  { status, version, content }: { content: Child; status: ShownStatus; version: string },
): Promise<Response> {
  const html = await renderPage({
    title: "Set up",
    content: <div class="set-up">{content}</div>,
    path: context.req.path,
    viewer: undefined,
    version,
  });
  return context.html(html, status);
}
