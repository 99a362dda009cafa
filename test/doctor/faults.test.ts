import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { DoctorCheckName } from "../../src/domain/host/doctor-report.ts";
import { approvalCheck } from "../../src/domain/rules/protection.ts";
import { freePort } from "../support/free-port.ts";
import { type RedisServer, redisServer } from "../support/redis-server.ts";
import { testDirectory } from "../support/test-directory.ts";
import { type FaultyWorld, faultyWorld, makeLabel, protect, shop, wanted } from "./faulty-world.ts";

const directory = testDirectory();
const at = {} as { world: FaultyWorld; redis: RedisServer; otherKey: string; nowhere: string };

beforeAll(async () => {
  at.world = await faultyWorld(directory);
  at.redis = await redisServer({ port: String(await freePort()) });
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  at.otherKey = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  at.nowhere = `http://127.0.0.1:${await freePort()}`;
});
afterAll(async () => {
  await at.redis.remove();
  await at.world.close();
});

const settings = () => at.world.double.settings;

/** Somebody pushes files to the default branch. */
const push = (files: Record<string, string | null>) =>
  at.world.double.github.as("ada").pushes(shop, { branch: "main", files });

/** Something happens on GitHub, of which the App is told. */
async function deliver(): Promise<void> {
  await at.world.double.github.as("ada").opensIssue(shop, { title: "A", body: "B" });
  await at.world.double.github.settled();
}

type Fault = {
  check: DoctorCheckName;
  /** Settings by which the service is started wrongly. */
  settings?: () => Record<string, string>;
  /** What is broken outside of them, and how the repair is applied. */
  breaks?: () => unknown;
  mends?: () => unknown;
  line: RegExp;
  repair: RegExp;
  /** It is no obstacle, and a person should know. */
  isWarning?: true;
};

const faults: Record<string, Fault> = {
  "a weak webhook secret": {
    check: "settings",
    settings: () => ({ WEBHOOK_SECRET: "development" }),
    line: /WEBHOOK_SECRET: The webhook secret is a placeholder/,
    repair: /\.env/,
  },
  "a data directory that is a file": {
    check: "data",
    settings: () => ({ DATA_DIR: join(directory, "agent") }),
    line: /DATA_DIR: .*agent is no directory/,
    repair: /Set DATA_DIR to a directory/,
  },
  "a data directory in memory": {
    check: "data",
    settings: () => ({ DATA_DIR: "/dev/shm" }),
    line: /lies in memory/,
    repair: /to a directory on a disk/,
  },
  "a Redis without an append-only file": {
    check: "store",
    settings: () => ({ REDIS_URL: at.redis.url }),
    breaks: () => at.redis.command("config", "set", "appendonly", "no"),
    mends: () => at.redis.command("config", "set", "appendonly", "yes"),
    line: /keeps no append-only file/,
    repair: /redis-cli config set appendonly yes/,
  },
  "a Redis that drops keys": {
    check: "store",
    settings: () => ({ REDIS_URL: at.redis.url }),
    breaks: () => at.redis.command("config", "set", "maxmemory-policy", "allkeys-lru"),
    mends: () => at.redis.command("config", "set", "maxmemory-policy", "noeviction"),
    line: /maxmemory-policy allkeys-lru/,
    repair: /redis-cli config set maxmemory-policy noeviction/,
  },
  "no Redis": {
    check: "store",
    settings: () => ({ REDIS_URL: at.nowhere.replace("http", "redis") }),
    line: /refuses the connection/,
    repair: /Start Redis there, or mend REDIS_URL/,
  },
  "an agent whose program is not there": {
    check: "agents",
    breaks: () => renameSync(join(directory, "agent"), join(directory, "agent-away")),
    mends: () => renameSync(join(directory, "agent-away"), join(directory, "agent")),
    line: /agent" was not found in /,
    repair: /Install it/,
  },
  "an agent that may not be run": {
    check: "agents",
    breaks: () => chmodSync(join(directory, "agent"), 0o644),
    mends: () => chmodSync(join(directory, "agent"), 0o755),
    line: /agent" was not found/,
    repair: /Install it/,
  },
  "an agent that only the service's own PATH leads to": {
    check: "agents",
    settings: () => ({ AGENT: "cursor", PATH: join(directory, "bin") }),
    breaks: () => {
      mkdirSync(join(directory, "bin"));
      writeFileSync(join(directory, "bin/cursor-agent"), "#!/bin/sh\n", { mode: 0o755 });
    },
    mends: () => Object.assign(at.world.environment, { AGENT_ENV: "PATH" }),
    line: /"cursor-agent" was not found in \/usr\/local\/bin:\/usr\/bin:\/bin$/,
    repair: /name PATH in AGENT_ENV/,
  },
  "a preset that is not installed": {
    check: "agents",
    settings: () => ({ AGENT: "copilot", AGENT_ENV: "PATH", PATH: directory }),
    breaks: () => undefined,
    mends: () => {
      writeFileSync(join(directory, "copilot"), "#!/bin/sh\n");
      chmodSync(join(directory, "copilot"), 0o755);
    },
    line: /copilot: its program "copilot" was not found/,
    repair: /^`npm install -g @github\/copilot@/,
  },
  "a registry that is not there": {
    check: "network",
    settings: () => ({ npm_config_registry: `${at.nowhere}/` }),
    line: /registry: 127\.0\.0\.1:\d+ cannot be reached/,
    repair: /Allow connections to 127\.0\.0\.1/,
  },
  "an authority whose file is not there": {
    check: "network",
    settings: () => ({ NODE_EXTRA_CA_CERTS: "/nowhere.pem" }),
    line: /NODE_EXTRA_CA_CERTS names \/nowhere\.pem/,
    repair: /Set NODE_EXTRA_CA_CERTS/,
    isWarning: true,
  },
  "a clock that is two minutes slow": {
    check: "clock",
    breaks: () => Object.assign(at.world.skew, { ms: 120_000 }),
    mends: () => Object.assign(at.world.skew, { ms: 0 }),
    line: /1[12]\d s behind GitHub's/,
    repair: /timedatectl set-ntp true/,
  },
  "an App id that is another's": {
    check: "app",
    settings: () => ({ APP_ID: "7" }),
    line: /knows no App with this id/,
    repair: /Set APP_ID/,
  },
  "a key that is another's": {
    check: "app",
    settings: () => ({ PRIVATE_KEY: at.otherKey }),
    line: /does not take the App's key/,
    repair: /Make a private key .* set PRIVATE_KEY_PATH/,
  },
  "a permission that the App lacks": {
    check: "permissions",
    breaks: () => {
      settings().changesApp({ permissions: { ...wanted.permissions, checks: "read" } });
      settings().acceptsAll();
    },
    mends: () => {
      settings().changesApp(wanted);
      settings().acceptsAll();
    },
    line: /lacks checks: write/,
    repair: /Set checks: write at .*\/settings\/apps\/drafthorse\/permissions/,
  },
  "a permission without which the repository is not seen": {
    check: "permissions",
    breaks: () => {
      const { contents: _, ...rest } = wanted.permissions;
      settings().changesApp({ permissions: rest });
      settings().acceptsAll();
    },
    mends: () => {
      settings().changesApp(wanted);
      settings().acceptsAll();
    },
    line: /lacks contents: write/,
    repair: /Set contents: write at/,
  },
  "a permission that nobody needs": {
    check: "permissions",
    breaks: () => settings().changesApp({ permissions: { ...wanted.permissions, workflows: "write" } }),
    mends: () => settings().changesApp(wanted),
    line: /does not need: workflows: write/,
    repair: /Take it away/,
    isWarning: true,
  },
  "an event that is not subscribed to": {
    check: "events",
    breaks: () => settings().changesApp({ events: wanted.events.filter((event) => event !== "push") }),
    mends: () => settings().changesApp(wanted),
    line: /not subscribed to push/,
    repair: /Tick push/,
  },
  "an event that nobody uses": {
    check: "events",
    breaks: () => settings().changesApp({ events: [...wanted.events, "star"] }),
    mends: () => settings().changesApp(wanted),
    line: /does not use: star/,
    repair: /Untick star/,
    isWarning: true,
  },
  "a webhook at another path": {
    check: "webhook",
    breaks: () => settings().changesWebhook({ url: at.world.webhook.replace("/api/github/webhooks", "/") }),
    mends: () => settings().changesWebhook({ url: at.world.webhook }),
    line: /this server takes deliveries at \/api\/github\/webhooks/,
    repair: /Set the webhook URL at .*\/api\/github\/webhooks/,
  },
  "a webhook without a secret": {
    check: "webhook",
    breaks: () => settings().changesWebhook({ secret: "" }),
    mends: () => settings().changesWebhook({ secret: at.world.double.app.webhookSecret }),
    line: /no secret for deliveries/,
    repair: /to what WEBHOOK_SECRET is/,
  },
  "a webhook that sends forms": {
    check: "webhook",
    breaks: () => settings().changesWebhook({ contentType: "form" }),
    mends: () => settings().changesWebhook({ contentType: "json" }),
    line: /delivers forms/,
    repair: /application\/json/,
  },
  "a webhook that trusts any certificate": {
    check: "webhook",
    breaks: () => settings().changesWebhook({ insecureSsl: true }),
    mends: () => settings().changesWebhook({ insecureSsl: false }),
    line: /does not check this server's certificate/,
    repair: /SSL verification/,
    isWarning: true,
  },
  "another secret at GitHub": {
    check: "deliveries",
    breaks: async () => {
      settings().changesWebhook({ secret: "another secret than ours, and as long" });
      await deliver();
    },
    mends: async () => {
      settings().changesWebhook({ secret: at.world.double.app.webhookSecret });
      await deliver();
    },
    line: /signature was made with another secret \(401\)/,
    repair: /the same secret/,
  },
  "a server that GitHub does not reach": {
    check: "deliveries",
    breaks: async () => {
      settings().changesWebhook({ url: `${at.nowhere}/api/github/webhooks` });
      await deliver();
    },
    mends: async () => {
      settings().changesWebhook({ url: at.world.webhook });
      await deliver();
    },
    line: /reached nobody \(502\)/,
    repair: /Start Drafthorse, and let GitHub reach it/,
  },
  "an owner who has not accepted a permission": {
    check: "installations",
    breaks: () => at.world.double.github.grantsApp(shop, { checks: "read" }),
    mends: () => settings().acceptsAll(),
    line: /acme has not accepted checks: write/,
    repair: /An owner of acme accepts it at/,
  },
  "an App that is suspended": {
    check: "installations",
    breaks: () => settings().suspends(shop),
    mends: () => settings().suspends(shop, false),
    line: /the App is suspended on acme/,
    repair: /An owner of acme lifts that at/,
  },
  "an App that is not installed on the repository": {
    check: "repository",
    breaks: () => settings().installs(shop, false),
    mends: () => settings().installs(shop, true),
    line: /not installed on acme\/shop/,
    repair: /Install it at .*\/apps\/drafthorse\/installations\/new/,
  },
  "a repository that is archived": {
    check: "repository",
    breaks: () => settings().changesRepository(shop, { archived: true }),
    mends: () => settings().changesRepository(shop, { archived: false }),
    line: /is archived/,
    repair: /gh repo unarchive acme\/shop/,
  },
  "a repository without issues": {
    check: "repository",
    breaks: () => settings().changesRepository(shop, { hasIssues: false }),
    mends: () => settings().changesRepository(shop, { hasIssues: true }),
    line: /has no issues/,
    repair: /gh repo edit acme\/shop --enable-issues/,
  },
  "a configuration that cannot be used": {
    check: "configuration",
    breaks: () => push({ ".github/drafthorse.yml": "label: agent-task\nlabells: x\n" }),
    mends: () => push({ ".github/drafthorse.yml": "label: agent-task\n" }),
    line: /\.github\/drafthorse\.yml:2: /,
    repair: /./,
  },
  "no label": {
    check: "label",
    breaks: () => void at.world.double.github.repository(shop).labels.splice(0),
    mends: () => makeLabel(at.world.double),
    line: /no label agent-task/,
    repair: /^`gh label create agent-task --repo acme\/shop/,
  },
  "no issue form": {
    check: "issue-form",
    breaks: () => push({ ".github/ISSUE_TEMPLATE/agent-task.yml": null }),
    mends: () => push({ ".github/ISSUE_TEMPLATE/agent-task.yml": "name: Agent task\n" }),
    line: /no issue form/,
    repair: /npx drafthorse init/,
    isWarning: true,
  },
  "a check that anybody may send": {
    check: "protection",
    breaks: () => {
      const [ruleset] = at.world.double.github.repository(shop).rulesets;
      const rules = ruleset?.rules.map((rule) =>
        rule.type === "required_status_checks"
          ? {
              ...rule,
              parameters: { ...rule.parameters, required_status_checks: [{ context: approvalCheck }] },
            }
          : rule,
      );
      if (ruleset && rules) Object.assign(ruleset, { rules });
    },
    mends: () => protect(at.world.double),
    line: /required, but from anybody/,
    repair: /npx drafthorse protect acme\/shop --apply/,
  },
  "an owner of code who is nobody": {
    check: "codeowners",
    breaks: () => push({ ".github/CODEOWNERS": "* @ada\n/docs @nobody-at-all\n" }),
    mends: () => push({ ".github/CODEOWNERS": "* @ada\n" }),
    line: /\.github\/CODEOWNERS:2: Unknown owner/,
    repair: /Correct line 2 of \.github\/CODEOWNERS/,
    isWarning: true,
  },
  "a workflow that runs the agent's branch with a secret": {
    check: "workflows",
    breaks: () =>
      push({
        ".github/workflows/deploy.yml":
          "on: push\njobs: { it: { runs-on: x, steps: [{ run: ship, with: { key: secrets.DEPLOY_KEY } }] } }\n",
      }),
    mends: () => push({ ".github/workflows/deploy.yml": null }),
    line: /deploy\.yml runs the agent's branch by `push` with DEPLOY_KEY/,
    repair: /keep `agent\/\*\*` out of the branches/,
    isWarning: true,
  },
};

/** What is not as it should be. */
async function trouble(
  given: Record<string, string> = {},
  order?: { mayPing?: boolean; only?: DoctorCheckName[] },
) {
  const found = await at.world.examine(given, order);
  return found.filter(({ state }) => state === "wrong" || state === "warning");
}

test("where nothing is wrong nothing is found, and every check looked", async () => {
  const found = await at.world.examine();

  expect(found.filter(({ state }) => state !== "ok").map(({ check, state }) => [check, state])).toEqual([
    ["prompt", "skipped"],
    ["trial", "skipped"],
  ]);
});

test.each(Object.entries(faults))("%s is the one finding, and its repair clears it", async (_, fault) => {
  await fault.breaks?.();

  const found = await trouble(fault.settings?.());

  expect(found).toEqual([
    {
      check: fault.check,
      state: fault.isWarning ? "warning" : "wrong",
      line: expect.stringMatching(fault.line),
      repair: expect.stringMatching(fault.repair),
    },
  ]);
  await fault.mends?.();
  const mended = fault.mends ? fault.settings?.() : {};
  expect(await trouble(mended, { only: [fault.check] })).toEqual([]);
});

/** Faults that hide none of the others; a push can be neither made nor delivered once what is below it is broken. */
const together = [
  ...["a configuration that cannot be used", "no issue form", "an owner of code who is nobody"],
  ...["a workflow that runs the agent's branch with a secret", "no label", "a check that anybody may send"],
  ...["a weak webhook secret", "a data directory in memory", "a Redis that drops keys"],
  ...["an agent whose program is not there", "a registry that is not there"],
  ...["an authority whose file is not there", "a clock that is two minutes slow"],
  ...["a permission that the App lacks", "an event that is not subscribed to"],
  ...["a webhook at another path", "a webhook without a secret", "a webhook that sends forms"],
  ...["a webhook that trusts any certificate", "a repository that is archived"],
].flatMap((name) => faults[name] ?? []);

test("twenty faults at once are twenty findings, and twenty repairs clear them", async () => {
  for (const { breaks } of together) await breaks?.();
  await at.world.double.github.settled();

  const found = await trouble(Object.assign({}, ...together.map((fault) => fault.settings?.())));

  const missed = together.filter(
    ({ check, line, repair }) =>
      !found.some(
        (one) =>
          one.check === check && line.test(one.line) && "repair" in one && repair.test(one.repair ?? ""),
      ),
  );
  expect([together.length, found.length, missed]).toEqual([20, 20, []]);
  for (const { mends } of together.toReversed()) await mends?.();
  await at.world.double.github.settled();
  expect(await trouble()).toEqual([]);
});

test("a delivery that is asked for again tells of a repair before anything else happens", async () => {
  settings().changesWebhook({ url: `${at.nowhere}/api/github/webhooks` });
  await deliver();
  settings().changesWebhook({ url: at.world.webhook });

  expect(await trouble()).toMatchObject([{ check: "deliveries" }]);
  expect(await trouble({}, { mayPing: true })).toEqual([]);
});

test("GitHub is asked once for each fact and told nothing, and no secret is shown", async () => {
  const { double, environment, requests } = at.world;
  requests.splice(0);
  double.forgive();

  const found = await at.world.examine();

  expect(found.filter(({ state }) => state !== "ok" && state !== "skipped")).toEqual([]);
  // A token is minted for each kind of access; the double is API and git server alike, and each is asked for its head.
  const asked = requests.filter((request) => !/\/access_tokens$|^HEAD /.test(request));
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((request, index) => asked.indexOf(request) !== index)).toEqual([]);
  expect(asked.filter((request) => !request.startsWith("GET "))).toEqual([]);
  const said = JSON.stringify(found);
  for (const value of [environment.WEBHOOK_SECRET ?? "", "PRIVATE KEY"]) expect(said).not.toContain(value);
  // GitHub describes no HEAD, and answers it.
  expect(await double.violations()).toEqual(["HEAD /: no operation of the extract"]);
});
