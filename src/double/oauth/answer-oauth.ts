import type { RawRequest } from "../answer-git.ts";
import { type Answer, html, ok } from "../http/answer.ts";
import { layout } from "../pages/layout.ts";
import { markup } from "../pages/markup.ts";
import { findAccount, type World } from "../world.ts";

/** Where an App sends people who are to sign in, and where it exchanges what they bring back. */
export const oauthPath = /^\/login\/oauth\/(?:authorize|access_token)$/;

/** Answers GitHub's own pages of the OAuth web flow. The double knows no secrets of people: whoever asks says who they are. */
export function answerOauth(world: World, { method, url, body }: RawRequest): Answer {
  if (url.pathname.endsWith("/authorize")) return method === "GET" ? authorize(world, url) : notThere;
  return method === "POST" ? exchange(world, parametersIn(body)) : notThere;
}

const notThere = html(404, "Not Found");

function authorize(world: World, url: URL): Answer {
  const { searchParams: asked } = url;
  const redirectUri = asked.get("redirect_uri") ?? world.app.callbackUrls[0] ?? "";
  if (asked.get("client_id") !== world.app.clientId) return html(404, "Not Found");
  if (!isRegistered(world, redirectUri))
    return html(400, "The redirect_uri is not associated with this application.");
  const account = findAccount(world, asked.get("as") ?? "");
  if (!account) return html(200, askWho(world, url));
  const challenge = asked.get("code_challenge") ?? undefined;
  const back = new URL(redirectUri);
  back.searchParams.set("code", world.authorizations.allow({ account, redirectUri, challenge }));
  const state = asked.get("state");
  if (state !== null) back.searchParams.set("state", state);
  return { status: 302, body: "", headers: { location: back.href } };
}

/** GitHub allows addresses below the one that was registered. */
function isRegistered(world: World, redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { origin, pathname } = new URL(redirectUri);
  return world.app.callbackUrls.some((one) => {
    const registered = new URL(one);
    return (
      registered.origin === origin && `${pathname}/`.startsWith(`${registered.pathname}/`.replace("//", "/"))
    );
  });
}

function askWho(world: World, url: URL): string {
  const people = [...world.accounts.values()].filter(({ type }) => type === "User");
  const rows = people.map(({ login }) => {
    const there = new URL(url);
    there.searchParams.set("as", login);
    return markup`<div class="row"><a href="${there.href}">Continue as <strong>${login}</strong></a></div>`;
  });
  const body = markup`<h1>Sign in to ${world.app.name}</h1>
<p class="quiet">${world.app.name} would like to know who you are. Here you may be anybody.</p>
<div class="box">${rows}</div>`;
  return layout({ title: "Sign in", trail: markup`<a href="/">Repositories</a>`, body });
}

/** GitHub answers 200 to what it refuses here, with the reason. */
function exchange(world: World, asked: Record<string, string | undefined>): Answer {
  const { client_id, client_secret, code = "", redirect_uri, code_verifier } = asked;
  if (client_id !== world.app.clientId || client_secret !== world.app.clientSecret)
    return refusedAs(
      "incorrect_client_credentials",
      "The client_id and/or client_secret passed are incorrect.",
    );
  const isRefresh = asked.grant_type === "refresh_token";
  const tokens = isRefresh
    ? world.authorizations.renew(asked.refresh_token ?? "")
    : world.authorizations.exchange(code, { redirectUri: redirect_uri, verifier: code_verifier });
  if (!tokens)
    return isRefresh
      ? refusedAs("bad_refresh_token", "The refresh token passed is incorrect or expired.")
      : refusedAs("bad_verification_code", "The code passed is incorrect or expired.");
  return ok({
    access_token: tokens.token,
    expires_in: tokens.expiresIn,
    refresh_token: tokens.refresh,
    refresh_token_expires_in: tokens.refreshExpiresIn,
    scope: "",
    token_type: "bearer",
  });
}

function refusedAs(error: string, description: string): Answer {
  const error_uri = "https://docs.github.com/apps/oauth";
  return ok({ error, error_description: description, error_uri });
}

function parametersIn(body: Uint8Array): Record<string, string | undefined> {
  const text = Buffer.from(body).toString();
  try {
    return JSON.parse(text);
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}
