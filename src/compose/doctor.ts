import { existsSync } from "node:fs";
import { examineAgent } from "../adapters/agent/examine-agent.ts";
import { examineArtefacts } from "../adapters/artefacts/examine-artefacts.ts";
import { gitVersion } from "../adapters/git/git-version.ts";
import { examineData } from "../adapters/host/examine-data.ts";
import { readManifest, wantedNodeRange } from "../adapters/host/read-manifest.ts";
import { within } from "../adapters/host/within.ts";
import { examineEgress } from "../adapters/proxy/examine-egress.ts";
import { examineWays } from "../adapters/proxy/examine-ways.ts";
import { openTrust } from "../adapters/proxy/open-trust.ts";
import { providerRoutes } from "../adapters/proxy/provider-routes.ts";
import { examineSandbox } from "../adapters/sandbox/examine-sandbox.ts";
import { openSandbox } from "../adapters/sandbox/open-sandbox.ts";
import type { KnownSecrets } from "../adapters/secrets/open-secrets.ts";
import { examineStore } from "../adapters/store/examine-store.ts";
import type { Config, ExaminedConfig } from "../config.ts";
import { authorityVariables } from "../domain/host/authorities.ts";
import type { Variables } from "../policy/variables.ts";
import type { DoctorPorts, SettingsExam, TrialExam } from "../ports/doctor.ts";
import type { Log } from "../ports.ts";
import { openAppExam } from "./app-exam.ts";
import { promptAgents } from "./prompt-agents.ts";
import { tryCommand } from "./try-command.ts";

/** The longest that anything is waited for which costs nothing, in milliseconds; each has a shorter bound of its own. */
const patienceMs = 90_000;

/** What set-up installs from where nobody says otherwise. */
const usualRegistry = "https://registry.npmjs.org/";

/** What a person asked the doctor for. `directory` makes one of its own where it needs one; who made it removes it. */
export type DoctorOrder = {
  directory: () => Promise<string>;
  at: { owner: string; name: string } | undefined;
  mayPing: boolean;
  mayPrompt: boolean;
  /** What is tried on the repository's base; undefined: nothing. */
  command: string | undefined;
};

export type DoctorParts = { exam: ExaminedConfig; environment: Variables; secrets: KnownSecrets; log: Log };

/** The world as the doctor sees it; nothing is asked until a check asks, and then once. */
export function openDoctor(order: DoctorOrder, parts: DoctorParts): DoctorPorts {
  const { exam, environment, secrets, log } = parts;
  const { config, isSet } = exam;
  const ways = askOnce(() => (isSet ? tryWays(config, order) : Promise.resolve([])));
  const app = openAppExam({ ...parts, at: order.at }, async () => blockedWay(await ways()));
  const repository = askOnce(app.repository);
  return {
    system: { platform: process.platform, arch: process.arch },
    node: { version: process.versions.node, wanted: wantedNodeRange() },
    settings: settingsOf(exam),
    manifest: readManifest(),
    missingAuthorities: missingAuthorities(environment),
    git: askOnce(gitVersion),
    sandbox: askOnce(examineSandbox),
    data: askOnce(() => examineData(config.store.dataDir)),
    store: askOnce(() => examineStore(config.store, log)),
    artefacts: askOnce(() =>
      examineArtefacts({
        directory: config.store.dataDir,
        s3: config.store.s3,
        proxies: config.proxies,
      }),
    ),
    agents: askOnce(() =>
      Promise.all(
        Object.entries(config.agents.known).map(([name, choice]) =>
          examineAgent({ name, ...choice, ownPath: environment.PATH }),
        ),
      ),
    ),
    ways,
    egress: askOnce(() => tryEgress(parts, order)),
    mayPing: order.mayPing,
    app: askOnce(app.access),
    repository,
    prompt: askOnce(
      async () => (order.mayPrompt ? promptAgents(config, { ...order, secrets, log }) : null),
      promptMs(config),
    ),
    trial: askOnce(() => tryOn(repository, { order, parts }), trialMs),
  };
}

/** What the rules allow for set-up and a proof is far less, in milliseconds. */
const trialMs = 4 * 60 * 60_000;

/** The command on the base of the repository that was named. */
async function tryOn(
  repository: DoctorPorts["repository"],
  { order, parts }: { order: DoctorOrder; parts: DoctorParts },
): Promise<TrialExam> {
  const { command } = order;
  if (command === undefined) return null;
  const access = await repository();
  if (access.kind !== "known") return { why: "the repository cannot be read; see `repository`" };
  const { repository: at } = access.examined;
  return tryCommand({ command, repository: at }, parts.exam.config, { ...order, ...parts });
}

/** Two minutes for each agent, one after the other. */
function promptMs({ agents }: Config): number {
  return patienceMs + agents.usual.length * 120_000;
}

/** The same answer for everybody who asks; a wait without an end becomes an error. */
function askOnce<T>(ask: () => Promise<T>, ms = patienceMs): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= orLate(ask(), ms);
    return asked;
  };
}

async function orLate<T>(asked: Promise<T>, ms: number): Promise<T> {
  const answer = await within(
    ms,
    asked.then((value) => ({ value })),
  );
  if (!answer) throw new Error(`there was no answer within ${ms / 1_000} s`);
  return answer.value;
}

function settingsOf({ isSet, problems, config }: ExaminedConfig): SettingsExam {
  return {
    ...{ isSet, problems, role: config.role, sandbox: config.sandbox, concurrency: config.concurrency },
    publicUrl: config.signing.publicUrl,
    agents: config.agents.usual,
  };
}

async function tryWays(config: Config, { directory }: DoctorOrder) {
  await openTrust(config.authorities, await directory());
  return examineWays(waysOf(config), config.proxies);
}

/** What a configured App asks of the network: GitHub, git, the models of its agents and the registries. */
function waysOf({ github, agents, registries }: Config): { name: string; url: string }[] {
  const models = Object.values(agents.known).flatMap(({ model }) =>
    model ? [model.upstream ?? providerRoutes[model.provider].upstream] : [],
  );
  const own = Object.values(registries.environment);
  return [
    { name: "GitHub", url: github.apiUrl },
    { name: "git", url: github.serverUrl },
    ...[...new Set(models)].map((url) => ({ name: "model", url })),
    ...(own.length > 0 ? own : [usualRegistry]).map((url) => ({ name: "registry", url })),
  ];
}

/** Why GitHub cannot be asked anything, or nothing. */
function blockedWay(ways: Awaited<ReturnType<DoctorPorts["ways"]>>): string | undefined {
  return (
    ways.find(({ name, blocked }) => name === "GitHub" && blocked) && "GitHub is not reached; see `network`"
  );
}

function missingAuthorities(environment: Variables): DoctorPorts["missingAuthorities"] {
  return authorityVariables.flatMap((variable) => {
    const file = environment[variable];
    return file && !existsSync(file) ? [{ variable, file }] : [];
  });
}

/** Out of the sandbox as set-up goes, to the registries of this machine. */
async function tryEgress({ exam: { config }, log }: DoctorParts, { directory }: DoctorOrder) {
  const { egress, registries, proxies } = config;
  const trust = await openTrust(config.authorities, await directory());
  const sandbox = await openSandbox({ kind: "bwrap" });
  const hosts = registries.hosts.length > 0 ? registries.hosts : [new URL(usualRegistry).host];
  return examineEgress(hosts, { sandbox, rules: egress, trust, proxies, log });
}
