import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { openSafeSandbox } from "../../adapters/sandbox/open-safe-sandbox.ts";
import { type Service, startService } from "../../compose/service.ts";
import type { Config } from "../../config.ts";
import { noAuthorities } from "../../domain/host/authorities.ts";
import { noProxies } from "../../domain/host/network-proxies.ts";
import { Failure } from "../../domain/task/failure.ts";
import { type Double, startDouble } from "../../double/start-double.ts";
import { resolveEgress } from "../../policy/resolve-egress.ts";
import { sayHappening } from "../run/narrate.ts";
import { colours, say } from "../say.ts";
import type { DemoStory } from "./demo-story.ts";

/** An attempt of the demo takes seconds; one that takes longer than this is an error instead of a wait without end. */
const patienceMs = 120_000;

/** The demo's world: a GitHub with one repository, and the service on it. */
export type Road = {
  github: Double;
  repository: string;
  dataDir: string;
  /** The address that lets a person into the dashboard. */
  dashboard: string;
  /** Does something that leads to an attempt, and waits for the attempt's end. */
  attempt(act: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
};

/** Starts the GitHub double and the service, and introduces them to each other. */
export async function openRoad(directory: string, story: DemoStory): Promise<Road> {
  const github = await startDouble({ directory: join(directory, "github") });
  const dataDir = join(directory, "data");
  const command = await writeAgent(directory, story);
  const sandbox = await sandboxOfDemo();
  const service = await startService(
    { ...configOf(github, { dataDir, command }), sandbox },
    pino({ level: "silent" }),
  );
  service.listen((event) => sayHappening(event));
  github.github.sendWebhooksTo(`${service.url}/api/github/webhooks`);
  say(`GitHub double at ${github.url}, Drafthorse at ${service.url}: ${service.sandbox}`);
  const collaborators = { ada: "admin" } as const;
  const repository = await github.github.createRepository({
    owner: "acme",
    name: story.repository,
    files: story.files,
    collaborators,
  });
  return {
    ...{ github, repository, dataDir, dashboard: service.dashboard ?? "" },
    attempt: async (act) => {
      const attempt = nextAttemptEnd(service);
      await act();
      await beforePatienceEnds(attempt);
    },
    close: async () => {
      await service.stop();
      await github.close();
    },
  };
}

/** Resolves at the end of the next attempt. */
function nextAttemptEnd(service: Service): Promise<void> {
  return new Promise((resolve) => {
    const unlisten = service.listen(({ kind }) => {
      if (kind !== "attempt ended") return;
      unlisten();
      resolve();
    });
  });
}

/** Only the demo goes on without a sandbox by itself: it runs nothing but its own scripted agent. */
async function sandboxOfDemo(): Promise<Config["sandbox"]> {
  try {
    await openSafeSandbox({ kind: "auto" });
    return "auto";
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "sandbox") throw error;
    say(colours.red(colours.bold("NOT SANDBOXED: the demo runs its own scripted agent without any wall.")));
    say(colours.red(error.message));
    return "none";
  }
}

/** The scripted agent's command line, its script written beside the rest of the demo. */
async function writeAgent(directory: string, { script }: DemoStory): Promise<string> {
  const file = join(directory, "script.json");
  await writeFile(file, JSON.stringify(script));
  const agent = fileURLToPath(new URL("../../double/scripted-agent.js", import.meta.url));
  return [process.execPath, agent, file].map((word) => `'${word}'`).join(" ");
}

/** A service on a double, all in one process with the embedded store. */
export function configOf(
  { url, app }: Double,
  { dataDir, command }: { dataDir: string; command: string },
): Config {
  return {
    app: { id: app.id, privateKey: app.privateKey, webhookSecrets: [app.webhookSecret] },
    github: { apiUrl: url, serverUrl: url },
    server: { host: "127.0.0.1", port: 0 },
    signIn: undefined,
    operations: { port: undefined, metricsToken: undefined, traces: undefined },
    onboarding: false,
    signing: { keyPath: undefined, command: undefined, publicUrl: undefined },
    store: { dataDir, redisUrl: undefined, databaseUrl: undefined, s3: undefined },
    role: "all",
    concurrency: 1,
    sandbox: "auto",
    agents: { known: { AGENT: { command, environment: {}, network: "none" } }, usual: ["AGENT"] },
    egress: resolveEgress({}, {}),
    authorities: noAuthorities,
    registries: { environment: {}, hosts: [] },
    proxies: noProxies,
    operator: {},
    shutdownGraceSeconds: 5,
    logLevel: "info",
  };
}

async function beforePatienceEnds(awaited: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  const late = pause(patienceMs, undefined, { signal: done.signal }).then(() => {
    throw new Error(`the attempt did not end within ${patienceMs / 1000} s`);
  });
  await Promise.race([
    awaited,
    late.catch((error) => (done.signal.aborted ? undefined : Promise.reject(error))),
  ]);
  done.abort();
}
