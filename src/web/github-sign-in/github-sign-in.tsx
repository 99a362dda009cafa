import { type Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { isOver } from "../../domain/host/session.ts";
import { isSameSecret } from "../../domain/text/is-same-secret.ts";
import type { Sessions, Users } from "../../ports/sign-in.ts";
import type { Clock, Log } from "../../ports.ts";
import type { SignIn, Viewer } from "../viewer.ts";
import { beginFlow, challengeOf, type Flow, flowMs, readFlow, writeFlow } from "./flow.ts";
import { localPath } from "./local-path.ts";
import { openAccess, type ReadAccess } from "./open-access.ts";
import { AskToSignIn } from "./pages.tsx";

/** What sign-in is made of; `publicUrl` is our own address without a slash at its end. */
export type GitHubSignInParts = {
  users: Users;
  sessions: Sessions;
  clock: Clock;
  log: Log;
  publicUrl: string;
};

/** The addresses on the way in and out. The second is registered with GitHub. */
export const signInPaths = {
  begin: "/sign-in/github",
  callback: "/sign-in/callback",
  end: "/sign-out",
} as const;

/** Both have the prefix `__Host-`: no other host, path or plain connection can set them. */
const cookies = { session: "drafthorse", flow: "drafthorse-flow" };
const safe = { prefix: "host", httpOnly: true, sameSite: "Lax", path: "/", secure: true } as const;

/** A session is noted as seen at most this often, in milliseconds. */
const seeMs = 60_000;

/** Lets in whoever signs in with GitHub; each sees the repositories that they can read there (SPEC section 11). */
export function githubSignIn(parts: GitHubSignInParts): SignIn {
  const access = openAccess(parts);
  const routes = new Hono();
  routes.get(signInPaths.begin, (context) => leaveForGitHub(context, parts));
  routes.get(signInPaths.callback, (context) => comeBack(context, { ...parts, access }));
  routes.post(signInPaths.end, (context) => signOut(context, { ...parts, access }));
  return {
    routes,
    find: (context) => findViewer(context, { ...parts, access }),
    invitation: (context) => (
      <AskToSignIn
        begin={`${signInPaths.begin}?to=${encodeURIComponent(wantedPath(context))}`}
        refused={context.req.query("refused") !== undefined}
      />
    ),
  };
}

type Parts = GitHubSignInParts & { access: ReadAccess };

/** Sends a person to GitHub with what only this browser can bring back. */
function leaveForGitHub(
  context: Context,
  { users, sessions, clock, publicUrl }: GitHubSignInParts,
): Response {
  const flow = beginFlow(localPath(context.req.query("to")), clock.now());
  setCookie(context, cookies.flow, writeFlow(flow, sessions.sign), { ...safe, maxAge: flowMs / 1_000 });
  const callback = `${publicUrl}${signInPaths.callback}`;
  return context.redirect(
    users.signInAddress({ state: flow.state, challenge: challengeOf(flow), callback }),
    303,
  );
}

/** Takes a person in who comes back from GitHub in the browser that they left with. */
async function comeBack(context: Context, parts: Parts): Promise<Response> {
  const { sessions, clock, log } = parts;
  const flow = readFlow(getCookie(context, cookies.flow, "host"), { sign: sessions.sign, now: clock.now() });
  deleteCookie(context, cookies.flow, safe);
  const known = flow && isSameSecret(context.req.query("state"), flow.state) ? flow : undefined;
  const signedIn = known && (await beginSignIn(context.req.query("code"), known, parts));
  if (!signedIn) {
    log.warn({ reason: flow ? "code or state" : "no flow of this browser" }, "sign-in refused");
    return context.redirect("/?refused", 303);
  }
  // A secret from before the sign-in, whoever chose it, is worth nothing after it.
  const old = getCookie(context, cookies.session, "host");
  if (old !== undefined) await endSession(old, parts);
  setCookie(context, cookies.session, signedIn.secret, safe);
  log.info({ login: signedIn.login }, "signed in");
  return context.redirect(signedIn.to, 303);
}

async function beginSignIn(
  code: string | undefined,
  { verifier, to }: Flow,
  { users, sessions, clock, publicUrl }: Parts,
): Promise<{ secret: string; login: string; to: string } | undefined> {
  if (code === undefined) return undefined;
  const callback = `${publicUrl}${signInPaths.callback}`;
  const tokens = await users.exchange({ code, verifier, callback });
  const person = tokens === "refused" ? tokens : await users.who(tokens.token);
  if (tokens === "refused" || person === "refused") return undefined;
  const { id: userId, login } = person;
  const beganAt = clock.now().toISOString();
  return { secret: await sessions.begin({ userId, login, tokens, beganAt }), login, to };
}

async function signOut(context: Context, parts: Parts): Promise<Response> {
  const secret = getCookie(context, cookies.session, "host");
  if (secret !== undefined) await endSession(secret, parts);
  deleteCookie(context, cookies.session, safe);
  return context.redirect("/", 303);
}

async function endSession(secret: string, { sessions, access }: Parts): Promise<void> {
  access.forget(secret);
  await sessions.end(secret);
}

async function findViewer(context: Context, parts: Parts): Promise<Viewer | undefined> {
  const { sessions, access, clock } = parts;
  const secret = getCookie(context, cookies.session, "host");
  const found = secret === undefined ? undefined : await sessions.read(secret);
  if (secret === undefined || !found) return undefined;
  const { session, seenAt } = found;
  const now = clock.now();
  if (isOver({ ...session, seenAt }, now)) {
    await endSession(secret, parts);
    return undefined;
  }
  if ((await access.of(secret)) === "refused") return undefined;
  if (now.getTime() - seenAt.getTime() > seeMs) await sessions.see(secret);
  const mayRead = async (repositoryId: number): Promise<boolean> => {
    const reach = await access.of(secret);
    return reach !== "refused" && reach.has(repositoryId);
  };
  const say: Viewer["say"] = async (at, body) => {
    // The look at what they may read has renewed the tokens where that was due.
    const present = await sessions.read(secret);
    return present ? parts.users.comment(present.session.tokens.token, at, body) : "refused";
  };
  return { login: session.login, mayRead, say, signOut: signInPaths.end };
}

/** Where a stranger wanted to go, without the note that their sign-in was refused. */
function wantedPath(context: Context): string {
  const { pathname, searchParams } = new URL(context.req.url);
  searchParams.delete("refused");
  const query = searchParams.toString();
  return query ? `${pathname}?${query}` : pathname;
}
