import { getRequestListener } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { answerAsset, type WebAssets } from "./answer-asset.ts";
import { answerFile } from "./answer-file.ts";
import { guardHeaders } from "./guard-headers.ts";
import { guardWrites } from "./guard-writes.ts";
import type { MakePage, PageSources, WebPage } from "./page.ts";
import { agentLogPage } from "./pages/agent-log.tsx";
import { changesPage } from "./pages/changes.tsx";
import { Failed, NotFound } from "./pages/errors.tsx";
import { overviewPage } from "./pages/overview.tsx";
import { taskPage } from "./pages/task.tsx";
import { renderPage } from "./render-page.tsx";
import type { PageEnv, SignIn } from "./viewer.ts";

/** Every page by its path. */
const pages: Record<string, MakePage> = {
  "/": overviewPage,
  "/tasks/:key": taskPage,
  "/tasks/:key/changes": changesPage,
  "/tasks/:key/log": agentLogPage,
};

/** What the dashboard is made of. `assets` are the static files by name; `version` changes with any of them. */
export type DashboardParts = PageSources & {
  signIn: SignIn;
  /** Our own address, where it is another than browsers send in the header Host. */
  publicUrl: string | undefined;
  assets: WebAssets;
};

/** Answers a request of Node's own server; resolves when it was answered. */
export type DashboardAnswer = (
  ...exchange: Parameters<ReturnType<typeof getRequestListener>>
) => Promise<void>;

/** Answers every address that nobody answered before. */
export function openDashboard(parts: DashboardParts): DashboardAnswer {
  // The library would else put classes of its own in the place of the process's `Request` and `Response`.
  const listener = getRequestListener(dashboardApp(parts).fetch, { overrideGlobalObjects: false });
  return async (...exchange) => listener(...exchange);
}

function dashboardApp(parts: DashboardParts): Hono<PageEnv> {
  const { signIn, ports, assets } = parts;
  const show = (context: Context<PageEnv>, status: 200 | 401 | 404 | 500, page: WebPage): Promise<Response> =>
    showPage(context, { status, page, version: assets.version });
  const app = new Hono<PageEnv>();
  app.use(guardHeaders);
  app.use(guardWrites(parts.publicUrl));
  app.get("/assets/:name", (context, next) => answerAsset(context, assets) ?? next());
  app.route("/", signIn.routes);
  app.use(async (context, next) => {
    const viewer = await signIn.find(context);
    if (!viewer) return show(context, 401, { title: "Sign in", content: signIn.invitation(context) });
    context.set("viewer", viewer);
    return next();
  });
  for (const [path, make] of Object.entries(pages))
    app.get(path, async (context, next) => {
      const page = await make(pageRequest(context), parts);
      return page ? show(context, 200, page) : next();
    });
  app.get("/tasks/:key/files/:name", async (context, next) => (await answerFile(context, parts)) ?? next());
  app.notFound((context) => show(context, 404, { title: "Not found", content: <NotFound /> }));
  app.onError((err, context) => {
    ports.log.error({ err, path: context.req.path }, "a page failed");
    return show(context, 500, { title: "Something failed", content: <Failed /> });
  });
  return app;
}

function pageRequest(context: Context<PageEnv>): Parameters<MakePage>[0] {
  const { searchParams: query } = new URL(context.req.url);
  return { viewer: context.get("viewer"), params: context.req.param(), query };
}

async function showPage(
  context: Context<PageEnv>,
  { status, page, version }: { status: 200 | 401 | 404 | 500; page: WebPage; version: string },
): Promise<Response> {
  const viewer = context.get("viewer");
  const html = await renderPage({ ...page, path: context.req.path, viewer, version });
  return context.html(html, status);
}
