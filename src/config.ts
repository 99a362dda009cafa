import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { operationsOf } from "./config/operations-of.ts";
import { machineFiles, readOperatorFile, readPrivateKey } from "./config/read-files.ts";
import { s3Of } from "./config/s3-of.ts";
import type { S3Place } from "./domain/host/s3-place.ts";
import type { OperatorFile } from "./domain/rules/operator-file.ts";
import { agentProblems } from "./policy/agent-problems.ts";
import { defaultDataDir, Environment, usableSettings } from "./policy/environment.ts";
import { type Agents, missingKeys, nameAgents } from "./policy/name-agents.ts";
import { missingCredentials } from "./policy/resolve-egress.ts";
import { proxyProblems, resolveProxies } from "./policy/resolve-proxies.ts";
import { resolveWaysOut, type WaysOut } from "./policy/resolve-ways-out.ts";
import { secretProblems } from "./policy/secret-problems.ts";
import { signInProblems } from "./policy/sign-in-problems.ts";
import { storeProblems } from "./policy/store-problems.ts";
import type { Variables } from "./policy/variables.ts";
import { describeSetting } from "./policy/wanted-settings.ts";

/** What the operator set, parsed. Times in seconds where the name does not say otherwise. */
export type Config = WaysOut & {
  app: { id: number; privateKey: string; webhookSecrets: string[] };
  github: { apiUrl: string; serverUrl: string; writeLimits?: "github" | "none" };
  server: { host: string; port: number };
  signIn: SignInConfig | undefined;
  /** Where health and metrics are asked for beside the web part, their token, and where traces are sent; undefined: none. */
  operations: { port: number | undefined; metricsToken: string | undefined; traces: string | undefined };
  /** Whether repositories that the App comes to are offered a set-up. */
  onboarding: boolean;
  signing: { keyPath: string | undefined; command: string | undefined; publicUrl: string | undefined };
  store: {
    dataDir: string;
    redisUrl: string | undefined;
    databaseUrl: string | undefined;
    s3: S3Place | undefined;
  };
  role: "all" | "web" | "worker";
  concurrency: number;
  sandbox: "auto" | "bwrap" | "none";
  agents: Agents;
  operator: OperatorFile;
  shutdownGraceSeconds: number;
  logLevel: string;
};

/** How people sign in with GitHub; `publicUrl` is our own address without a slash at its end. */
export type SignInConfig = { clientId: string; clientSecret: string; publicUrl: string };

/** What the environment was read as: a configuration, the wish to be set up, or what is wrong, each with its repair. */
export type ConfigReading =
  | { kind: "config"; config: Config }
  | { kind: "set-up" }
  | { kind: "problems"; problems: string[] };

/**
 * Reads `.env`, the environment, and what the registration of the App left in the data directory; what is set already wins
 * over what is read later. Throws where one of the files cannot be read.
 */
export function readEnvironment(): Variables {
  readable(".env", () => existsSync(".env") && process.loadEnvFile(".env"));
  const given = setOnes(process.env);
  const path = appEnvPath(given.DATA_DIR ?? defaultDataDir);
  const text = readable(path, () => (existsSync(path) ? readFileSync(path, "utf8") : ""));
  return { ...parseEnv(text), ...given };
}

function readable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new Error(`${path} cannot be read. Let this user read it, or move it away.`, { cause });
  }
}

/** Where the registration of the App leaves what GitHub told it. */
export function appEnvPath(dataDir: string): string {
  return join(dataDir, "app", "app.env");
}

/** What the first start needs of the configuration before there is an App. */
export type SetUpConfig = Pick<Config, "github" | "proxies"> & {
  port: number;
  dataDir: string;
  logLevel: string;
};

/** Parses that part alone; throws with every problem and its repair. */
export function readSetUpConfig(environment: Variables): SetUpConfig {
  const given = setOnes(environment);
  const parsed = Environment.safeParse(given);
  const problems = [...(parsed.error?.issues.map(describeSetting) ?? []), ...proxyProblems(given)];
  if (!parsed.success || problems.length > 0) throw new Error(problems.join("\n"));
  const { PORT: port, DATA_DIR: dataDir, LOG_LEVEL: logLevel } = parsed.data;
  return { github: githubOf(parsed.data), proxies: resolveProxies(given), port, dataDir, logLevel };
}

/** Parses the environment. No App id and no secret mean that the App is not registered yet. */
export function readConfig(environment: Variables): ConfigReading {
  const { isSet, problems, config, hasApp } = examineConfig(environment);
  if (!isSet) return { kind: "set-up" };
  return problems.length > 0 || !hasApp ? { kind: "problems", problems } : { kind: "config", config };
}

/**
 * The same, with all that can be used beside the problems: a variable that cannot is as if it were unset. `hasApp`: the
 * App's id and key can be used, and without `isSet` nobody has registered one.
 */
export type ExaminedConfig = { isSet: boolean; problems: string[]; config: Config; hasApp: boolean };

/** Parses the environment as far as that goes. */
export function examineConfig(environment: Variables): ExaminedConfig {
  const given = setOnes(environment);
  const { settings, unusable } = usableSettings(given);
  const key = readPrivateKey(settings);
  const operator = readOperatorFile(settings);
  const known = { environment: given, operator: "value" in operator ? operator.value : {} };
  const problems =
    unusable.length > 0
      ? unusable
      : [
          ...secretProblems(settings),
          ...("problem" in key ? [key.problem] : []),
          ...agentProblems(settings),
          ...storeProblems(settings),
          ...signInProblems(settings),
          ...proxyProblems(given),
          ...("problems" in operator ? operator.problems : unsetProblems(settings, known)),
        ];
  const config = assemble(settings, { ...known, privateKey: "text" in key ? key.text : "" });
  const isSet = Boolean(given.APP_ID || given.WEBHOOK_SECRET);
  return { isSet, problems, config, hasApp: "text" in key && settings.APP_ID !== undefined };
}

/** What a command on one machine needs of the configuration: where agents run, and which. */
export type LocalConfig = Pick<
  Config,
  "sandbox" | "agents" | "egress" | "authorities" | "registries" | "proxies" | "operator"
>;

/** Parses that part alone; throws with every problem and its repair. */
export function readLocalConfig(environment: Variables): LocalConfig {
  const given = setOnes(environment);
  const parsed = Environment.pick({
    SANDBOX: true,
    AGENT: true,
    AGENT_ENV: true,
    AGENT_NETWORK: true,
    DRAFTHORSE_CONFIG: true,
  }).safeParse(given);
  if (!parsed.success) throw new Error(parsed.error.issues.map(describeSetting).join("\n"));
  const missing = [...agentProblems({ ...parsed.data, ROLE: "worker" }), ...proxyProblems(given)];
  if (missing.length > 0) throw new Error(missing.join("\n"));
  const operator = readOperatorFile(parsed.data);
  if ("problems" in operator) throw new Error(operator.problems.join("\n"));
  const known = { environment: given, operator: operator.value };
  const unset = unsetProblems({ ...parsed.data, ROLE: "worker" }, known);
  if (unset.length > 0) throw new Error(unset.join("\n"));
  const agents = nameAgents(parsed.data, known);
  const ways = resolveWaysOut(operator.value, { environment: given, files: machineFiles });
  return { sandbox: parsed.data.SANDBOX, agents, ...ways, operator: operator.value };
}

/** What a command needs that a person runs with a token of their own. */
export type PersonalConfig = { apiUrl: string; appId?: number; token?: string; proxies: Config["proxies"] };

/** Parses that part alone; throws with every problem and its repair. */
export function readPersonalConfig(environment: Variables): PersonalConfig {
  const given = setOnes(environment);
  const parsed = Environment.safeParse({ ...given, ROLE: "web" });
  const problems = [...(parsed.error?.issues.map(describeSetting) ?? []), ...proxyProblems(given)];
  if (!parsed.success || problems.length > 0) throw new Error(problems.join("\n"));
  const { APP_ID: appId, GITHUB_TOKEN: token } = parsed.data;
  const { apiUrl } = githubOf(parsed.data);
  return { apiUrl, proxies: resolveProxies(given), ...(appId && { appId }), ...(token && { token }) };
}

/** Empty means unset. */
function setOnes(environment: Variables): Variables {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
}

function assemble(
  settings: Environment,
  {
    privateKey,
    environment,
    operator,
  }: { privateKey: string; environment: Variables; operator: OperatorFile },
): Config {
  const secrets = [settings.WEBHOOK_SECRET, settings.WEBHOOK_SECRET_PREVIOUS];
  return {
    app: { id: settings.APP_ID ?? 0, privateKey, webhookSecrets: secrets.filter((one) => one !== undefined) },
    github: githubOf(settings),
    server: { host: settings.HOST, port: settings.PORT },
    signIn: signInOf(settings),
    operations: operationsOf(settings),
    onboarding: settings.ONBOARDING === "offer",
    signing: {
      keyPath: settings.SIGNING_KEY_PATH,
      command: settings.SIGNING_COMMAND,
      publicUrl: publicUrlOf(settings),
    },
    store: {
      ...{ dataDir: settings.DATA_DIR, redisUrl: settings.REDIS_URL, databaseUrl: settings.DATABASE_URL },
      s3: s3Of(settings),
    },
    role: settings.ROLE,
    concurrency: settings.CONCURRENCY,
    sandbox: settings.SANDBOX,
    agents: nameAgents(settings, { environment, operator }),
    ...resolveWaysOut(operator, { environment, files: machineFiles }),
    operator,
    shutdownGraceSeconds: settings.SHUTDOWN_GRACE,
    logLevel: settings.LOG_LEVEL,
  };
}

function publicUrlOf({ PUBLIC_URL }: Environment): string | undefined {
  return PUBLIC_URL?.replace(/\/+$/, "");
}

/** Without an address of its own nobody can be sent back to this server, so that the token of the start lets people in. */
function signInOf(settings: Environment): SignInConfig | undefined {
  const { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret } = settings;
  const publicUrl = publicUrlOf(settings);
  return clientId && clientSecret && publicUrl ? { clientId, clientSecret, publicUrl } : undefined;
}

function githubOf({
  GHE_HOST,
  GITHUB_API_URL,
  GITHUB_SERVER_URL,
  GITHUB_WRITE_LIMITS,
}: Environment): Config["github"] {
  const serverUrl = GITHUB_SERVER_URL ?? `https://${GHE_HOST ?? "github.com"}`;
  const apiUrl = GITHUB_API_URL ?? (GHE_HOST ? `https://${GHE_HOST}/api/v3` : "https://api.github.com");
  return { apiUrl, serverUrl, writeLimits: GITHUB_WRITE_LIMITS };
}

/** What the operator's file names by a variable that is not set. */
function unsetProblems(
  settings: Pick<Environment, "ROLE" | "AGENT_ENV" | "AGENT_NETWORK">,
  known: { environment: Variables; operator: OperatorFile },
): string[] {
  if (settings.ROLE === "web") return [];
  return [...missingKeys(settings, known), ...missingCredentials(known.operator, known.environment)];
}
