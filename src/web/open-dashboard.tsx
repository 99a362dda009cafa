import { getRequestListener } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Ports } from "../ports.ts";
import { answerAsk } from "./answer-ask.ts";
import { answerAsset, type WebAssets } from "./answer-asset.ts";
import { answerCsv } from "./answer-csv.ts";
import { answerFile } from "./answer-file.ts";
import { guardHeaders } from "./guard-headers.ts";
import { guardWrites } from "./guard-writes.ts";
import { openEvents, type PageEvents } from "./open-events.ts";
import { openLiveLogs } from "./open-live-logs.ts";
import { openLogWindows } from "./open-log-windows.ts";
import type { MakePage, PageRequest, PageSources, WebPage } from "./page.ts";
import { pageVersion } from "./page-version.ts";
import { agentLogPage } from "./pages/agent-log.tsx";
import { changesPage } from "./pages/changes.tsx";
import { Failed, NotFound } from "./pages/errors.tsx";
import { outcomesPage } from "./pages/outcomes.tsx";
import { overviewPage } from "./pages/overview.tsx";
import { queuePage } from "./pages/queue.tsx";
import { runLogPage } from "./pages/run-log.tsx";
import { taskPage } from "./pages/task.tsx";
import { pageAsker } from "./readable.ts";
import { renderPage } from "./render-page.tsx";
import type { PageEnv, SignIn } from "./viewer.ts";

/** Every page by its path. */
const pages: Record<string, MakePage> = {
  "/": overviewPage,
  "/queue": queuePage,
  "/outcomes": outcomesPage,
  "/tasks/:key": taskPage,
  "/tasks/:key/changes": changesPage,
  "/tasks/:key/log": agentLogPage,
  "/tasks/:key/logs/:name": runLogPage,
};

/** What is sent with a button has at most so many bytes. */
const longestForm = 256 * 1024;

function tooLong(context: Context): Response {
  return context.text("This is too long for a comment. Go back and shorten it.\n", 413);
}

/** What the dashboard is made of. `assets` are the static files by name; `version` changes with any of them. */
export type DashboardParts = Omit<PageSources, "liveLogs" | "logWindows"> & {
  ports: PageSources["ports"] & Pick<Ports, "timer" | "events">;
  signIn: SignIn;
  /** Our own address, where it is another than browsers send in the header Host. */
  publicUrl: string | undefined;
  assets: WebAssets;
};

/** Answers requests of Node's own server, each resolved when it was answered; `close` ends the streams that stay open. */
export type OpenedDashboard = {
  answer(...exchange: Parameters<ReturnType<typeof getRequestListener>>): Promise<void>;
  close(): void;
};

/** Answers every address that nobody answered before. */
export function openDashboard(given: DashboardParts): OpenedDashboard {
  const liveLogs = openLiveLogs(given.ports.events);
  const parts = { ...given, liveLogs, logWindows: openLogWindows(given.ports.artefacts) };
  const events = openEvents(parts);
  // The library would else put classes of its own in the place of the process's `Request` and `Response`.
  const listener = getRequestListener(dashboardApp(parts, events).fetch, { overrideGlobalObjects: false });
  const close = (): void => {
    liveLogs.close();
    events.close();
  };
  return { answer: async (...exchange) => listener(...exchange), close };
}

type OpenedParts = DashboardParts & PageSources;

function dashboardApp(parts: OpenedParts, events: PageEvents): Hono<PageEnv> {
  const { signIn, ports, assets } = parts;
  const show = (
    context: Context<PageEnv>,
    status: 200 | 401 | 404 | 500,
    page: ShownPage,
  ): Promise<Response> => showPage(context, { status, page, version: assets.version });
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
      const request = pageRequest(context, ports);
      const seen = await pageVersion(context.req.path, request, parts);
      const page = seen && (await make(request, parts));
      return page ? show(context, 200, { ...page, seen }) : next();
    });
  app.get("/outcomes.csv", (context) => answerCsv(context, parts));
  app.get("/events", (context) => events.answer(context));
  app.get("/tasks/:key/files/:name", async (context, next) => (await answerFile(context, parts)) ?? next());
  app.post(
    "/tasks/:key/asks",
    bodyLimit({ maxSize: longestForm, onError: tooLong }),
    async (context, next) => {
      return (await answerAsk(context, parts)) ?? next();
    },
  );
  app.notFound((context) => show(context, 404, { title: "Not found", content: <NotFound /> }));
  app.onError((err, context) => {
    ports.log.error({ err, path: context.req.path }, "a page failed");
    return show(context, 500, { title: "Something failed", content: <Failed /> });
  });
  return app;
}

/** A page, and the version of it that it is, where it can be followed. */
type ShownPage = WebPage & { seen?: string };

function pageRequest(context: Context<PageEnv>, ports: Pick<Ports, "tasks">): PageRequest {
  const { searchParams: query } = new URL(context.req.url);
  return { ...pageAsker(context.get("viewer"), ports), params: context.req.param(), query };
}

async function showPage(
  context: Context<PageEnv>,
  { status, page, version }: { status: 200 | 401 | 404 | 500; page: ShownPage; version: string },
): Promise<Response> {
  const viewer = context.get("viewer");
  const { path } = context.req;
  const seen = page.still ? undefined : page.seen;
  const query = seen && new URLSearchParams({ page: path, seen });
  const live = query && `/events?${query}`;
  const html = await renderPage({ ...page, path, viewer, version, live });
  return context.html(html, status);
}
