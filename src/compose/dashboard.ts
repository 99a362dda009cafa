import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { openUsers } from "../adapters/github/open-users.ts";
import { readOwnAssets } from "../adapters/host/own-assets.ts";
import { ownVersion } from "../adapters/host/own-version.ts";
import type { Metrics } from "../adapters/operations/metrics.ts";
import { openSessions } from "../adapters/sessions/open-sessions.ts";
import type { Config, SignInConfig } from "../config.ts";
import type { Ports } from "../ports.ts";
import { askable } from "../review/askable.ts";
import { githubSignIn } from "../web/github-sign-in/github-sign-in.tsx";
import { loopbackSignIn, signInAddress } from "../web/loopback-sign-in.tsx";
import { type OpenedDashboard, openDashboard } from "../web/open-dashboard.tsx";
import type { SignIn } from "../web/viewer.ts";

/** The dashboard before it listens; `addressAt` is where a person begins. */
export type Dashboard = OpenedDashboard & { addressAt(url: string): string };

/** Wires the dashboard. Its token is new at every start, and no more than this process and its terminal know it. */
export async function composeDashboard(config: Config, given: DashboardGiven): Promise<Dashboard> {
  const { ports } = given;
  const token = randomBytes(24).toString("base64url");
  const { publicUrl } = config.signing;
  const opened = openDashboard({
    ports,
    askable,
    serverUrl: config.github.serverUrl,
    about: aboutProcess(config, ports.sandbox.kind),
    publicUrl,
    signIn: config.signIn ? await withGitHub(config, config.signIn, given) : loopbackSignIn(token),
    assets: readOwnAssets(),
  });
  return {
    ...opened,
    addressAt: (url) => (config.signIn ? config.signIn.publicUrl : signInAddress(url, token)),
  };
}

/** What else the dashboard is given: who learns of each token, and of each answer of GitHub. */
export type DashboardGiven = {
  ports: Ports;
  minted: (token: string) => void;
  answered: Metrics["answer"];
};

async function withGitHub(
  config: Config,
  { clientId, clientSecret, publicUrl }: SignInConfig,
  { ports, minted, answered }: DashboardGiven,
): Promise<SignIn> {
  const { clock, log } = ports;
  const { apiUrl } = config.github;
  const users = openUsers({ clientId, clientSecret, apiUrl, proxies: config.proxies, minted, answered });
  const sessions = await openSessions(join(resolve(config.store.dataDir), "sessions"), ports);
  return githubSignIn({ users, sessions, clock, log, publicUrl });
}

/** What somebody who looks at the queue wants to know of this process; no address and no key. */
function aboutProcess(
  { store, role, concurrency }: Config,
  sandbox: Ports["sandbox"]["kind"],
): Record<string, string> {
  const engine = store.redisUrl ? "Redis" : store.databaseUrl ? "PostgreSQL" : "embedded, on disk";
  return {
    Engine: engine,
    "Workers here": role === "web" ? "none" : `${concurrency} at once`,
    Sandbox: role === "web" ? "at the workers" : sandbox === "none" ? "not sandboxed" : sandbox,
    Version: ownVersion,
  };
}
