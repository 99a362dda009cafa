import { createHash, createHmac } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import { type Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { isSameSecret } from "../domain/text/is-same-secret.ts";
import type { SignIn, Viewer } from "./viewer.ts";

/** Where a link with a token leads; the token is taken from the address before anything is shown. */
const signInPath = "/sign-in";

/** The names by which a machine calls itself. A page of somebody else that resolves its own name to us has another. */
const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
const loopbackAddress = /^(?:::ffff:)?127\.|^::1$/;

/** Whoever sits at the machine that Drafthorse runs on has its files anyway, so they see every repository. */
const atTheMachine: Viewer = { login: "you", mayRead: async () => true };

/**
 * Lets in whoever has the token that was printed at the start, from this machine alone (SPEC section 11). The token is
 * exchanged for a cookie that only this process knows, so that it stays in no address, history or log.
 */
export function loopbackSignIn(token: string): SignIn {
  const session = createHmac("sha256", token).update("session").digest("base64url");
  // Two of us on one machine have one cookie jar, for a browser keeps none apart by port.
  const cookie = `drafthorse-${createHash("sha256").update(token).digest("hex").slice(0, 8)}`;
  const routes = new Hono();
  routes.get(signInPath, (context) => {
    if (isLocal(context) && isSameSecret(context.req.query("token"), token))
      setCookie(context, cookie, session, { httpOnly: true, sameSite: "Strict", path: "/" });
    return context.redirect("/", 303);
  });
  return {
    routes,
    find: async (context) =>
      isLocal(context) && isSameSecret(getCookie(context, cookie), session) ? atTheMachine : undefined,
    invitation: (context) => (isLocal(context) ? <AskForToken /> : <OnlyHere />),
  };
}

/** The address that lets somebody in, for the terminal. */
export function signInAddress(url: string, token: string): string {
  return `${url}${signInPath}?token=${token}`;
}

/** Asked from this machine, by one of its own names, and not through a proxy that somebody else may stand behind. */
export function isLocal(context: Context): boolean {
  const { address = "" } = getConnInfo(context).remote;
  const isProxied = ["forwarded", "x-forwarded-for", "x-forwarded-host"].some((name) =>
    context.req.header(name),
  );
  return loopbackAddress.test(address) && loopbackHost.test(context.req.header("host") ?? "") && !isProxied;
}

const AskForToken = () => (
  <section class="notice">
    <h1>Open the link from the terminal</h1>
    <p>
      Drafthorse printed an address with a token when it started: look for the line with the words “dashboard
      opens at”. Open that address in this browser.
    </p>
    <p class="muted">The token changes at every start. A link from an earlier start opens nothing.</p>
  </section>
);

const OnlyHere = () => (
  <section class="notice">
    <h1>This dashboard opens on its own machine only</h1>
    <p>
      Nobody can sign in over the network yet. Open it on the machine that Drafthorse runs on, at{" "}
      <code>http://localhost</code> and its port.
    </p>
  </section>
);
