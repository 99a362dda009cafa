import { randomBytes } from "node:crypto";
import { z } from "zod";
import { install } from "../acts/install-acts.ts";
import type { RawRequest } from "../answer-git.ts";
import { type Answer, html } from "../http/answer.ts";
import { fullName } from "../model.ts";
import { layout } from "../pages/layout.ts";
import { type Markup, markup } from "../pages/markup.ts";
import { findRepository, type World } from "../world.ts";

/** GitHub's pages on which an App is registered from a manifest, and installed. */
export const appPagePath =
  /^\/(?:(?:organizations\/[^/]+\/)?settings\/apps\/(?:new|manifest)|apps\/[^/]+\/installations\/new)$/;

/** The manifest of an App, as far as the double keeps it. */
const Manifest = z.object({
  name: z.string().min(1).max(34),
  url: z.url(),
  redirect_url: z.url(),
  callback_urls: z.array(z.url()).max(10).default([]),
  hook_attributes: z.object({ url: z.url(), active: z.boolean().default(true) }).exactOptional(),
  public: z.boolean(),
  default_permissions: z.record(z.string(), z.enum(["read", "write"])),
  default_events: z.array(z.string()),
});
type Manifest = z.infer<typeof Manifest>;

/** Answers them. Nobody signs in at the double: whoever asks is the owner. */
export function answerAppPage(world: World, raw: RawRequest): Answer {
  const { pathname } = raw.url;
  const form = new URLSearchParams(Buffer.from(raw.body).toString());
  if (pathname.endsWith("/installations/new")) return raw.method === "POST" ? add(world, form) : offer(world);
  const manifest = manifestIn(form);
  if (raw.method !== "POST" || typeof manifest === "string")
    return page(
      422,
      "Invalid manifest",
      markup`<p>${typeof manifest === "string" ? manifest : "POST a manifest."}</p>`,
    );
  return pathname.endsWith("/new")
    ? confirm(form, manifest, raw.url.searchParams.get("state") ?? "")
    : register(world, manifest, form.get("state") ?? "");
}

function manifestIn(form: URLSearchParams): Manifest | string {
  try {
    const parsed = Manifest.safeParse(JSON.parse(form.get("manifest") ?? ""));
    return parsed.success ? parsed.data : z.prettifyError(parsed.error);
  } catch {
    return "The manifest is no JSON.";
  }
}

/** GitHub asks before it makes an App. */
function confirm(form: URLSearchParams, { name }: Manifest, state: string): Answer {
  return page(
    200,
    `Create GitHub App: ${name}`,
    markup`<form method="post" action="manifest"><input type="hidden" name="manifest" value="${form.get("manifest") ?? ""}">
<input type="hidden" name="state" value="${state}"><button>Create GitHub App</button></form>`,
  );
}

function register(world: World, manifest: Manifest, state: string): Answer {
  const code = randomBytes(20).toString("hex");
  world.manifests.set(code, () => {
    const { name, callback_urls, default_permissions, default_events, hook_attributes } = manifest;
    Object.assign(world.app, { name, permissions: default_permissions, events: default_events });
    world.app.callbackUrls.push(...callback_urls);
    world.hooks.url = hook_attributes?.active ? hook_attributes.url : undefined;
  });
  const back = new URL(manifest.redirect_url);
  back.searchParams.set("code", code);
  back.searchParams.set("state", state);
  return { status: 302, body: "", headers: { location: back.href } };
}

function offer(world: World): Answer {
  const rows: Markup[] = world.repositories.map(
    (one) =>
      markup`<div class="row"><form method="post"><button name="repository" value="${fullName(one)}">Install on ${fullName(one)}</button></form></div>`,
  );
  return page(200, `Install ${world.app.name}`, markup`<div class="box">${rows}</div>`);
}

function add(world: World, form: URLSearchParams): Answer {
  const [owner = "", name = ""] = (form.get("repository") ?? "").split("/");
  const repository = findRepository(world, owner, name);
  if (!repository) return page(404, "Not Found", markup`<p>There is no such repository.</p>`);
  install(world, repository);
  return { status: 302, body: "", headers: { location: `/${fullName(repository)}` } };
}

function page(status: number, title: string, body: Markup): Answer {
  const trail = markup`<a href="/">Repositories</a>`;
  return html(status, layout({ title, trail, body: markup`<h1>${title}</h1>${body}` }));
}
