import { join, resolve } from "node:path";
import type { Logger } from "pino";
import { openGitHub } from "../adapters/github/open-github.ts";
import { openAttemptEvents } from "../adapters/host/open-attempt-events.ts";
import { privateDirectory } from "../adapters/host/private-directory.ts";
import { reportWorker } from "../adapters/host/report-worker.ts";
import { systemClock } from "../adapters/host/system-clock.ts";
import { systemTimer } from "../adapters/host/system-timer.ts";
import { openMetrics } from "../adapters/operations/metrics.ts";
import { startOperations } from "../adapters/operations/start-operations.ts";
import { openToolchains } from "../adapters/sandbox/read-toolchains.ts";
import { type KnownSecrets, openSecrets } from "../adapters/secrets/open-secrets.ts";
import { redactingGitHub } from "../adapters/secrets/redacting-github.ts";
import { tidyKept } from "../adapters/setup/tidy-kept.ts";
import { openCommandSigner } from "../adapters/signing/open-command-signer.ts";
import { openFileSigner } from "../adapters/signing/open-signer.ts";
import { announcingTasks } from "../adapters/store/announcing-tasks.ts";
import type { Store } from "../adapters/store/store.ts";
import type { Config } from "../config.ts";
import type { OperatorFile } from "../domain/rules/operator-file.ts";
import { reconcile } from "../pipeline/reconcile.ts";
import type { RecoveryPorts } from "../pipeline/recover-deliveries.ts";
import type { LabelPorts } from "../pipeline/recover-labels.ts";
import { openPolicies } from "../policy/open-policies.ts";
import { trustNamedBots } from "../policy/trust-named-bots.ts";
import type { Broadcast, Events } from "../ports/events.ts";
import type { Files } from "../ports/github.ts";
import { noOffers } from "../ports/set-up-offers.ts";
import type { Signer } from "../ports/signer.ts";
import type { Log, Ports } from "../ports.ts";
import { gitHubAccess, gitHubRemote } from "./github-access.ts";
import { handleJob } from "./jobs.ts";
import { metered, openOperations } from "./open-operations.ts";
import { openWorkshop, type Workshop } from "./runner.ts";
import { secretsOf } from "./secrets-of.ts";
import { startWeb, type WebParts } from "./start-web.ts";
import { traceAttempts } from "./trace-attempts.ts";

/** How often tasks are held against the queue; what a crash left half done waits no longer than this. */
const reconcileMs = 60_000;

/** How often what is kept for later attempts is trimmed: a disk fills in days. */
const tidyMs = 6 * 60 * 60_000;

/**
 * A running Drafthorse. `url` is where the web part listens, and `dashboard` the address with which a person gets in: it
 * holds the token, so it is for the terminal alone. `stop` ends all of it in order and never rejects.
 */
export type Service = {
  url: string | undefined;
  dashboard: string | undefined;
  sandbox: string;
  /** Rejects with an `agent-unavailable` failure where the agent's program is not there. */
  findAgent(): Promise<void>;
  /** Tells of the attempts that this process works on, from now on. */
  listen: Events["listen"];
  stop(): Promise<void>;
};

/** Composes the service from its configuration and starts the parts that its role names, on the store that `open` opens. */
export async function startService(config: Config, log: Logger, open = openStore): Promise<Service> {
  await privateDirectory(resolve(config.store.dataDir));
  const store = await open(config, log);
  try {
    return await startOn(store, { config, log });
  } catch (refusal) {
    // What is open would hold the directory and keep the process alive, and nobody would start it again.
    await store.close();
    throw refusal;
  }
}

async function startOn(opened: Store, { config, log }: { config: Config; log: Logger }): Promise<Service> {
  const metrics = openMetrics();
  const store = metered(opened, metrics);
  const secrets = openSecrets(secretsOf(config));
  const tell = { minted: secrets.learn, answered: metrics.answer };
  const ports = await openPorts(config, { store, log, secrets, tell });
  const { sandbox } = ports;
  const operations = openOperations(config, { ports, metrics });
  const untrace = await traceAttempts(config, ports);
  const tidy = () => tidyKept(resolve(config.store.dataDir), { log });
  if (config.role !== "web") await tidy();
  const web = config.role === "worker" ? undefined : await startWeb(config, { ports, log, operations, tell });
  const port = config.operations.port;
  const aside =
    port === undefined ? undefined : await startOperations(operations.answer, { ...config.server, port });
  const stopWork = config.role === "web" ? undefined : await startWork(ports, config.concurrency);
  const untidy = stopWork && ports.timer.every(tidyMs, tidy);
  log.info({ role: config.role, url: web?.url, sandbox: sandbox.describe() }, "ready");
  return {
    url: web?.url,
    dashboard: web?.dashboard,
    sandbox: sandbox.describe(),
    findAgent: () => ports.agent.find([]),
    listen: ports.events.listen,
    stop: async () => {
      operations.stopping();
      untidy?.();
      await Promise.all([web?.stop(), stopWork?.()]);
      await untrace();
      await store.close();
      await aside?.close();
    },
  };
}

/** The ports that are the same wherever Drafthorse runs. */
export function commonPorts(
  log: Log,
  { broadcast, ...rules }: { files: Files; operator: OperatorFile; broadcast: Broadcast },
): Pick<Ports, "clock" | "timer" | "log" | "events" | "policies" | "machine"> {
  const machine = { toolchains: openToolchains() };
  const [policies, events] = [openPolicies(rules), openAttemptEvents(log, broadcast)];
  return { clock: systemClock, timer: systemTimer, log, events, policies, machine };
}

type ServicePorts = LabelPorts & Workshop & RecoveryPorts;

async function openPorts(
  config: Config,
  { store, log, secrets, tell }: { store: Store; log: Logger; secrets: KnownSecrets; tell: WebParts["tell"] },
): Promise<ServicePorts> {
  const { fetchToken, files, app, ...github } = openGitHub({ ...gitHubAccess(config), log, ...tell });
  // Asked once and kept; whoever needs it where this failed asks again.
  void app().catch((err) => log.warn({ err }, "GitHub did not tell who this App is"));
  const workshop = await openWorkshop({
    directory: resolve(config.store.dataDir),
    // A process that only receives starts no agent, so it needs no sandbox.
    sandbox: config.role === "web" ? "none" : config.sandbox,
    agents: config.agents,
    egress: config.egress,
    authorities: config.authorities,
    registries: config.registries,
    proxies: config.proxies,
    s3: config.store.s3,
    secrets,
    remote: gitHubRemote(config, { fetchToken }),
    log,
  });
  const { broadcast } = store;
  const common = commonPorts(log, { files, operator: config.operator, broadcast });
  return {
    ...common,
    ...store,
    tasks: announcingTasks(store.tasks, common.events),
    ...redactingGitHub(github, secrets.redact),
    ...(!config.onboarding && { setUpOffers: noOffers }),
    people: trustNamedBots(github.people, common.policies),
    ...workshop,
    signer: await openSigner(config),
  };
}

function openSigner({ signing, store }: Config): Promise<Signer> {
  const { command, ...places } = { ...signing, directory: resolve(store.dataDir) };
  return command === undefined
    ? openFileSigner(places, systemClock)
    : openCommandSigner(places, { command, clock: systemClock });
}

/** Only the engine that is used is loaded: each takes a good part of the time that a start does. */
async function openStore(config: Config, log: Logger): Promise<Store> {
  const { redisUrl, databaseUrl, dataDir } = config.store;
  const common = { clock: systemClock, log };
  if (redisUrl) {
    const { openRedisStore } = await import("../adapters/store/redis/open-redis-store.ts");
    return openRedisStore({ ...common, url: redisUrl });
  }
  if (databaseUrl) {
    const { openPostgresStore } = await import("../adapters/store/postgres/open-postgres-store.ts");
    return openPostgresStore({ ...common, url: databaseUrl });
  }
  const { openEmbeddedStore } = await import("../adapters/store/embedded/open-embedded-store.ts");
  return openEmbeddedStore({ ...common, directory: join(resolve(dataDir), "store") });
}

/** Takes jobs, at most `concurrency` at once; resolves to the function that stops it. */
export async function startWork(ports: Ports & Workshop, concurrency: number): Promise<() => Promise<void>> {
  const { sandbox, log } = ports;
  if (sandbox.kind === "none") log.warn({ why: sandbox.describe() }, "agents are not sandboxed");
  const look = (): Promise<void> =>
    reconcile(ports).catch((err) => log.error({ err }, "tasks could not be held against the queue"));
  await look();
  const unlook = ports.timer.every(reconcileMs, look);
  const worker = reportWorker(ports, { concurrency });
  const stop = await ports.queue.work({
    concurrency,
    handle: (job, context) => worker.during(job, () => handleJob(job, context, ports)),
  });
  return async () => {
    unlook();
    await stop();
    await worker.stop();
  };
}
