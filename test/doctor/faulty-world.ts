import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSecrets } from "../../src/adapters/secrets/open-secrets.ts";
import { startIngress } from "../../src/adapters/webhook/start-ingress.ts";
import { openDoctor } from "../../src/compose/doctor.ts";
import { secretsOf } from "../../src/compose/secrets-of.ts";
import { examineConfig } from "../../src/config.ts";
import { runChecks } from "../../src/doctor/run-checks.ts";
import {
  type DoctorCheckName,
  doctorCheckNames,
  type NamedFinding,
} from "../../src/domain/host/doctor-report.ts";
import { rulesetFor } from "../../src/domain/rules/ruleset.ts";
import { asInstallation } from "../double/clients.ts";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { startServer } from "../support/http-server.ts";
import { recordingLog } from "../support/recording-log.ts";

/** The repository in which everything is as it should be. */
export const shop = "acme/shop";

/** What the App asks GitHub for, as `app.yml` has it. */
export const wanted = {
  permissions: {
    ...{ metadata: "read", contents: "write", issues: "write" },
    ...{ pull_requests: "write", checks: "write" },
  } as Record<string, "read" | "write">,
  events: [
    ...["issues", "issue_comment", "pull_request", "pull_request_review"],
    ...["check_run", "check_suite", "push", "repository"],
  ],
};

const secret = "5f1c0d0d3f0b4c9a8e7d6c5b4a392817";

type Examination = {
  only: readonly DoctorCheckName[];
  mayPing: boolean;
  mayPrompt: boolean;
  command: string | undefined;
};

/** A registered App over a double in which nothing is wrong, and the settings of its service. */
export type FaultyWorld = {
  double: CheckedDouble;
  environment: Record<string, string>;
  /** The registry's `host:port`. */
  registry: string;
  directory: string;
  webhook: string;
  /** By how much GitHub's clock is ahead of this machine's, in milliseconds. */
  skew: { ms: number };
  /** The requests to GitHub's API, as `GET /app`. */
  requests: string[];
  /** Runs the doctor, but for what tries the sandbox, or some checks of it; some settings may differ. */
  examine(settings?: Record<string, string>, order?: Partial<Examination>): Promise<NamedFinding[]>;
  close(): Promise<void>;
};

/** The checks that start sandboxes have suites of their own. */
const cheap = doctorCheckNames.filter((name) => !["sandbox", "egress"].includes(name));

export async function faultyWorld(directory: string): Promise<FaultyWorld> {
  const skew = { ms: 0 };
  const requests: string[] = [];
  const ingress = await startIngress({
    ...{ port: 0, host: "127.0.0.1", secrets: [secret], log: recordingLog(), onStored: () => undefined },
    clock: { now: () => new Date() },
    inbox: { store: async () => "stored" as const },
  });
  const webhook = `${ingress.url}/api/github/webhooks`;
  const double = await startCheckedDouble({
    ...{ webhookSecret: secret, webhookUrl: webhook, ...wanted },
    clock: () => Date.now() + skew.ms,
    observe: ({ method, url }) => void requests.push(`${method} ${url.pathname}${url.search}`),
  });
  const registry = await startServer((_, response) => response.end("{}"));
  await makeShop(double);
  const environment = makeSettings(directory, { double, registry: registry.url });
  return {
    ...{ double, environment, directory, webhook, skew, requests, registry: `127.0.0.1:${registry.port}` },
    examine: async (settings = {}, { only = cheap, mayPing = false, mayPrompt = false, command } = {}) => {
      const exam = examineConfig({ ...environment, ...settings });
      const [owner = "", name = ""] = shop.split("/");
      const order = { directory: async () => directory, at: { owner, name }, mayPing, mayPrompt, command };
      const secrets = openSecrets(secretsOf(exam.config));
      const parts = { exam, environment: { ...environment, ...settings }, secrets, log: recordingLog() };
      const found: NamedFinding[] = [];
      for await (const { findings } of runChecks(only, openDoctor(order, parts))) found.push(...findings);
      return found;
    },
    close: async () => {
      await Promise.all([double.close(), ingress.close(), registry.close()]);
    },
  };
}

async function makeShop(double: CheckedDouble): Promise<void> {
  await double.github.createRepository({
    ...{ owner: "acme", name: "shop", collaborators: { ada: "admin", wil: "write" } },
    files: {
      "README.md": "# Shop\n",
      ".github/CODEOWNERS": "* @ada\n",
      ".github/drafthorse.yml": "label: agent-task\n",
      ".github/ISSUE_TEMPLATE/agent-task.yml": "name: Agent task\n",
      ".github/workflows/ci.yml":
        "on: { push: { branches: [main] } }\njobs: { test: { runs-on: x, steps: [{ run: npm test }] } }\n",
    },
  });
  protect(double);
  await makeLabel(double);
  await double.github.settled();
}

/** What `drafthorse protect --apply` makes. */
export function protect({ github, app }: CheckedDouble): void {
  const { name, conditions, rules } = rulesetFor({ branch: "main", isDefault: true, app: app.id });
  github.setRuleset(shop, { name, conditions, rules, bypass_actors: [] });
}

/** What `gh label create` makes. */
export async function makeLabel(double: CheckedDouble): Promise<void> {
  const client = await asInstallation(double, shop);
  await client.rest.issues.createLabel({ owner: "acme", repo: "shop", name: "agent-task" });
}

function makeSettings(
  directory: string,
  { double, registry }: { double: CheckedDouble; registry: string },
): Record<string, string> {
  const agent = join(directory, "agent");
  writeFileSync(agent, "#!/bin/sh\n");
  chmodSync(agent, 0o755);
  mkdirSync(join(directory, "data"));
  return {
    ...{ APP_ID: String(double.app.id), PRIVATE_KEY: double.app.privateKey, WEBHOOK_SECRET: secret },
    ...{ GITHUB_API_URL: double.url, GITHUB_SERVER_URL: double.url, npm_config_registry: registry },
    ...{ DATA_DIR: join(directory, "data"), AGENT: agent, HOME: directory, CONCURRENCY: "1" },
  };
}
