import { createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { Authorizations } from "./auth/authorizations.ts";
import { Grants } from "./auth/grants.ts";
import { Effects } from "./effects.ts";
import type { Exchange } from "./exchange.ts";
import { Faults } from "./faults.ts";
import { GitHub } from "./github.ts";
import { Hooks } from "./hooks/hooks.ts";
import { listen } from "./http/server.ts";
import type { Account, Permissions } from "./model.ts";
import { SettingsPages } from "./settings-pages.ts";
import { timestamp, type World } from "./world.ts";

/** What a double may be told; only the directory for its repositories is needed. */
export type DoubleOptions = {
  directory: string;
  appId?: number;
  slug?: string;
  /** PEM; a new pair is made if it is absent. */
  privateKey?: string;
  webhookSecret?: string;
  webhookUrl?: string;
  permissions?: Permissions;
  events?: string[];
  /** Milliseconds since 1970. */
  clock?: () => number;
  port?: number;
  /** Is shown every exchange of the REST API, also those whose answer is lost. */
  observe?: (exchange: Exchange) => void;
};

/** A GitHub that runs. */
export type Double = {
  url: string;
  app: {
    id: number;
    slug: string;
    privateKey: string;
    webhookSecret: string;
    clientId: string;
    clientSecret: string;
  };
  github: GitHub;
  settings: SettingsPages;
  faults: Faults;
  effects: Effects;
  close: () => Promise<void>;
};

const permissionsOfTheApp: Permissions = {
  metadata: "read",
  contents: "write",
  issues: "write",
  pull_requests: "write",
  checks: "write",
};

const eventsOfTheApp = [
  "issues",
  "issue_comment",
  "pull_request",
  "pull_request_review",
  "pull_request_review_comment",
  "check_run",
  "check_suite",
  "merge_group",
  "push",
  "repository",
  "label",
];

/** Starts a GitHub for one App on a free port; it keeps all it knows until it is closed. */
export async function startDouble(options: DoubleOptions): Promise<Double> {
  await mkdir(options.directory, { recursive: true });
  const privateKey = options.privateKey ?? keyOfThisProcess();
  const webhookSecret = options.webhookSecret ?? randomBytes(24).toString("hex");
  const world = makeWorld(options, { privateKey, webhookSecret });
  const github = new GitHub(world);
  github.sendWebhooksTo(options.webhookUrl);
  const { url, close } = await listen(world, github, options.port);
  world.url = url;
  const { id, slug, clientId, clientSecret } = world.app;
  const { faults, effects } = world;
  const settings = new SettingsPages(world);
  return {
    url,
    app: { id, slug, privateKey, webhookSecret, clientId, clientSecret },
    github,
    settings,
    faults,
    effects,
    close,
  };
}

let madeKey: string | undefined;

/** The key of every App that is given none: to make one takes 50 ms and more. */
function keyOfThisProcess(): string {
  madeKey ??= newPrivateKey();
  return madeKey;
}

function newPrivateKey(): string {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }).privateKey;
}

type Secrets = { privateKey: string; webhookSecret: string };

function makeWorld(options: DoubleOptions, { privateKey, webhookSecret }: Secrets): World {
  const { appId = 4242, slug = "drafthorse", clock = Date.now, directory } = options;
  const newId = counter();
  const owner: Account = { id: newId(), login: `${slug}-makers`, type: "Organization" };
  const bot: Account = { id: newId(), login: `${slug}[bot]`, type: "Bot" };
  const faults = new Faults();
  return {
    url: "",
    directory,
    clock,
    app: {
      id: appId,
      slug,
      name: slug,
      owner,
      bot,
      publicKey: createPublicKey(privateKey),
      permissions: options.permissions ?? permissionsOfTheApp,
      events: options.events ?? eventsOfTheApp,
      createdAt: timestamp(clock()),
      clientId: `Iv23li${randomBytes(7).toString("hex")}`,
      clientSecret: randomBytes(20).toString("hex"),
      callbackUrls: [],
    },
    accounts: new Map([owner, bot].map((one) => [one.login, one])),
    repositories: [],
    teams: [],
    installations: [],
    hooks: new Hooks({ appId, secret: webhookSecret, clock, newId, faults }),
    faults,
    effects: new Effects(),
    grants: new Grants(clock),
    authorizations: new Authorizations(clock),
    manifests: new Map(),
    secrets: { privateKey, webhookSecret },
    observe: options.observe ?? (() => undefined),
    newId,
  };
}

function counter(): () => number {
  let last = 1000;
  return () => {
    last += 1;
    return last;
  };
}
