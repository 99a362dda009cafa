import { join, resolve } from "node:path";
import type { Logger } from "pino";
import { Probot } from "probot";
import { openAgent } from "./adapters/agent/open-agent.ts";
import { openArtefacts } from "./adapters/artefacts.ts";
import { startDispatcher } from "./adapters/dispatcher.ts";
import { openWorktrees } from "./adapters/git/open-worktrees.ts";
import { type GitHub, openGitHub } from "./adapters/github/open-github.ts";
import { startIngress } from "./adapters/ingress/start-ingress.ts";
import { redactor } from "./adapters/redactor.ts";
import { type OpenedSandbox, openSandbox } from "./adapters/sandbox/open-sandbox.ts";
import { openEmbeddedStore } from "./adapters/store/embedded/open-embedded-store.ts";
import { openRedisStore } from "./adapters/store/redis/open-redis-store.ts";
import type { Store } from "./adapters/store/store.ts";
import { systemClock } from "./adapters/system-clock.ts";
import { systemTimer } from "./adapters/system-timer.ts";
import { app } from "./app.ts";
import type { Config } from "./config.ts";
import type { Delivery } from "./domain/delivery.ts";
import { defaultPolicy } from "./domain/policy.ts";
import { reconcile } from "./pipeline/reconcile.ts";
import type { Ports } from "./ports.ts";
import { handleJob } from "./worker.ts";

/** How often tasks are held against the queue; what a crash left half done waits no longer than this. */
const reconcileMs = 60_000;

/** A running Drafthorse. `url` is where the web part listens; `stop` ends it in order and never rejects. */
export type Service = { url: string | undefined; sandbox: string; stop(): Promise<void> };

/** Composes the service from its configuration and starts the parts that its role names. */
export async function startService(config: Config, log: Logger): Promise<Service> {
  const store = await openStore(config, log);
  const { ports, sandbox } = await openPorts(config, { store, log });
  const web = config.role === "worker" ? undefined : await startWeb(config, { ports, log });
  const stopWork = config.role === "web" ? undefined : await startWork(config, ports);
  log.info({ role: config.role, url: web?.url, sandbox: sandbox.describe() }, "ready");
  return {
    url: web?.url,
    sandbox: sandbox.describe(),
    stop: async () => {
      await Promise.all([web?.stop(), stopWork?.()]);
      await store.close();
    },
  };
}

/** A setting that stands for this call: everything but the store is made anew from the configuration. */
type Parts = { store: Store; log: Logger };

async function openPorts(
  config: Config,
  { store, log }: Parts,
): Promise<{ ports: Ports; sandbox: OpenedSandbox }> {
  const { apiUrl, serverUrl } = config.github;
  const sandbox = await openSandbox({ kind: config.sandbox, redact: redactor(secretsOf(config)) });
  if (sandbox.kind === "none") log.warn({ why: sandbox.describe() }, "agents are not sandboxed");
  const github: GitHub = openGitHub({
    appId: config.app.id,
    privateKey: config.app.privateKey,
    apiUrl,
    clock: systemClock,
    log,
  });
  const directory = resolve(config.store.dataDir);
  const artefacts = openArtefacts(directory);
  const git = openWorktrees({
    directory,
    sandbox,
    artefacts,
    log,
    remote: async (repository) => ({
      url: `${serverUrl}/${repository.owner}/${repository.name}.git`,
      token: await github.fetchToken(repository),
    }),
  });
  const agent = openAgent({ ...config.agent, sandbox, clock: systemClock, readable: [] });
  const policies = { of: async () => defaultPolicy };
  const { inbox, tasks, locks, queue } = store;
  const { issues, people, branches, pullRequests, checkRuns } = github;
  return {
    sandbox,
    ports: {
      ...{ clock: systemClock, timer: systemTimer, log, policies },
      ...{ inbox, tasks, locks, queue, artefacts },
      ...{ issues, people, branches, pullRequests, checkRuns },
      ...{ ...git, sandbox, agent },
    },
  };
}

function openStore(config: Config, log: Logger): Promise<Store> {
  const { redisUrl, dataDir } = config.store;
  return redisUrl
    ? openRedisStore({ url: redisUrl, clock: systemClock, log })
    : openEmbeddedStore({ directory: join(resolve(dataDir), "store"), clock: systemClock, log });
}

async function startWeb(config: Config, { ports, log }: { ports: Ports; log: Logger }): Promise<Web> {
  const receive = await openProbot(config, { ports, log });
  const { inbox, clock, timer } = ports;
  const dispatcher = startDispatcher({ inbox, receive, timer, log });
  const ingress = await startIngress({
    ...config.server,
    secrets: config.app.webhookSecrets,
    inbox,
    clock,
    log,
    onStored: (delivery) => dispatcher.hand(delivery),
  });
  return {
    url: ingress.url,
    stop: async () => {
      await ingress.close();
      await dispatcher.stop();
    },
  };
}

type Web = { url: string; stop(): Promise<void> };

/** Probot knows the App and its events; what it is handed was verified and stored before. */
async function openProbot(
  config: Config,
  { ports, log }: { ports: Ports; log: Logger },
): Promise<(delivery: Delivery) => Promise<void>> {
  const { id, privateKey, webhookSecrets } = config.app;
  const probot = new Probot({
    appId: id,
    privateKey,
    secret: webhookSecrets[0] ?? "",
    baseUrl: config.github.apiUrl,
    log,
  });
  await probot.load((loaded) => app(loaded, ports));
  // The digest stands in for the delivery's id, which nobody signed.
  return ({ digest, event, body }) =>
    probot.receive({ id: digest, name: event as "issues", payload: JSON.parse(body) });
}

async function startWork(config: Config, ports: Ports): Promise<() => Promise<void>> {
  const look = (): Promise<void> =>
    reconcile(ports).catch((err) => ports.log.error({ err }, "tasks could not be held against the queue"));
  await look();
  const unlook = ports.timer.every(reconcileMs, look);
  const stop = await ports.queue.work({
    concurrency: config.concurrency,
    handle: (job, context) => handleJob(job, context, ports),
  });
  return async () => {
    unlook();
    await stop();
  };
}

function secretsOf({ app, agent, store }: Config): string[] {
  const password = store.redisUrl ? decodeURIComponent(new URL(store.redisUrl).password) : "";
  return [app.privateKey, ...app.webhookSecrets, ...Object.values(agent.environment), password];
}
