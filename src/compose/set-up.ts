import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join, resolve } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { type Registration, registerApp } from "../adapters/github/register-app.ts";
import { writeAppEnv, writePrivate } from "../adapters/host/app-env.ts";
import { readOwnAssets } from "../adapters/host/own-assets.ts";
import { privateDirectory } from "../adapters/host/private-directory.ts";
import { fetchThrough } from "../adapters/proxy/fetch-through.ts";
import { appEnvPath, type Config, type ConfigReading, type SetUpConfig } from "../config.ts";
import { loopbackSignIn, signInAddress } from "../web/loopback-sign-in.tsx";
import type { SetUpAnswers } from "../web/set-up/answers.ts";
import { parseAppManifest } from "../web/set-up/app-manifest.ts";
import { setUpApp } from "../web/set-up/set-up-app.tsx";
import type { SetUpCheck, SetUpEnd } from "../web/set-up/set-up-parts.ts";

/** How long the server's own address may take to answer, in milliseconds. */
const pingMs = 5_000;

/** Loopback, whatever HOST says: whoever can open the page chooses whose App this is. */
const host = "127.0.0.1";

/** A service that was started, as far as the last page tells of it. */
type StartedService = { dashboard: string | undefined; sandbox: string; findAgent(): Promise<void> };

/** What the first start is given beside its configuration. */
export type SetUpOptions = {
  environment: Record<string, string | undefined>;
  /** Reads the whole configuration anew, with more settings that win. */
  read(more: Record<string, string>): ConfigReading;
  /** Runs the service; resolves once it is ready. MUST say itself why it rejects, to whoever has no page. */
  serve(config: Config): Promise<StartedService>;
};

/**
 * Serves the pages that register the App, until it is registered: then this server makes room for the service at the same
 * address, and answers the one request that still waits with what comes next.
 */
export async function openSetUp(
  config: SetUpConfig,
  options: SetUpOptions,
): Promise<{ address: string; close(): Promise<void> }> {
  const token = randomBytes(24).toString("base64url");
  const server = createServer();
  const { environment } = options;
  const app = setUpApp({
    signIn: loopbackSignIn(token),
    manifest: parseAppManifest(readFileSync(new URL("../../../app.yml", import.meta.url), "utf8")),
    known: { agent: Boolean(environment.AGENT), has: (variable) => Boolean(environment[variable]) },
    serverUrl: config.github.serverUrl,
    assets: readOwnAssets(),
    register: (code, answers) => register(code, answers, { config, options, server }),
  });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  server.on("request", (request, response) => void listener(request, response));
  await listenOn(server, config.port);
  return {
    address: signInAddress(`http://${host}:${listeningPort(server)}`, token),
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

type SetUpPlace = { config: SetUpConfig; options: SetUpOptions; server: Server };

async function register(code: string, answers: SetUpAnswers, place: SetUpPlace): Promise<SetUpEnd> {
  const { apiUrl } = place.config.github;
  const registration = await registerApp(code, { apiUrl, proxies: place.config.proxies });
  if (registration === "refused") return { kind: "refused" };
  const file = await keepRegistration(registration, answers, place.config);
  const port = listeningPort(place.server);
  const reading = place.options.read({ PORT: String(port) });
  if (reading.kind !== "config") {
    const problems = reading.kind === "problems" ? reading.problems : [`${file} was not read.`];
    return { kind: "problems", problems, file };
  }
  return goOn(reading.config, { ...place, registration, file });
}

/** Everything that GitHub told goes where only this user can read it; returns the path of the settings. */
async function keepRegistration(
  { id, client_id, client_secret, webhook_secret, pem }: Registration,
  { settings }: SetUpAnswers,
  { dataDir }: SetUpConfig,
): Promise<string> {
  const file = resolve(appEnvPath(dataDir));
  const keyPath = join(dirname(file), "private-key.pem");
  await privateDirectory(resolve(dataDir));
  await writePrivate(keyPath, pem);
  await writeAppEnv(file, {
    APP_ID: String(id),
    PRIVATE_KEY_PATH: keyPath,
    ...(webhook_secret && { WEBHOOK_SECRET: webhook_secret }),
    GITHUB_CLIENT_ID: client_id,
    GITHUB_CLIENT_SECRET: client_secret,
    ...settings,
  });
  return file;
}

/** The service takes this server's place: the connection that waits for its answer stays open meanwhile. */
async function goOn(
  config: Config,
  {
    options,
    server,
    registration,
    file,
    config: { proxies },
  }: SetUpPlace & { registration: Registration; file: string },
): Promise<SetUpEnd> {
  server.close();
  try {
    const service = await options.serve(config);
    const checks = await Promise.all([
      lookAtSandbox(config, service),
      lookForAgent(service),
      lookAtAddress(config, proxies),
    ]);
    const installUrl = `${registration.html_url}/installations/new`;
    return { kind: "running", installUrl, dashboard: service.dashboard ?? "/", checks };
  } catch (error) {
    // Nothing listens any more, so that the process ends as it would without the page.
    return { kind: "problems", problems: [error instanceof Error ? error.message : String(error)], file };
  }
}

/** A sandbox that does not hold keeps the service from starting, unless somebody said that there shall be none. */
function lookAtSandbox({ sandbox }: Config, service: StartedService): SetUpCheck {
  const check = { name: "Sandbox", line: `${service.sandbox}.` };
  const repair = "Every pull request will say so. Unset SANDBOX for a sandbox.";
  return sandbox === "none" ? { ...check, repair } : check;
}

async function lookForAgent(service: StartedService): Promise<SetUpCheck> {
  const name = "Agent";
  return service.findAgent().then(
    () => ({ name, line: "its program is there." }),
    (error: unknown) => ({
      name,
      line: "it cannot work yet.",
      repair: error instanceof Error ? error.message : String(error),
    }),
  );
}

async function lookAtAddress(
  { signing: { publicUrl }, server }: Config,
  proxies: SetUpConfig["proxies"],
): Promise<SetUpCheck> {
  const name = "Address";
  if (publicUrl === undefined)
    return {
      name,
      line: "GitHub has none to send webhooks to.",
      repair:
        "Set PUBLIC_URL, and the webhook's address in the App's settings to PUBLIC_URL/api/github/webhooks.",
    };
  try {
    const answer = await fetchThrough(proxies)(`${publicUrl}/healthz`, {
      signal: AbortSignal.timeout(pingMs),
    });
    if ((await answer.text()).includes('"alive":true'))
      return { name, line: `${publicUrl} leads to this server.` };
  } catch {
    // Whatever is in the way, the repair is the same.
  }
  return {
    name,
    line: `${publicUrl} does not lead here.`,
    repair: `Let it lead to ${server.host}:${server.port}; until then no webhook arrives.`,
  };
}

async function listenOn(server: Server, port: number): Promise<void> {
  server.listen(port, host);
  await once(server, "listening");
}

function listeningPort(server: Server): number {
  return (server.address() as AddressInfo).port;
}
