import { expect, test } from "@jest/globals";
import { openLog } from "../../src/cli/open-log.ts";
import type { Config } from "../../src/config.ts";

const pem = [
  "-----BEGIN RSA PRIVATE KEY-----",
  "MIIEowIBAAKCAQEAsecretsecret0123456789",
  "-----END RSA PRIVATE KEY-----",
];
const config = {
  app: { id: 1, privateKey: pem.join("\n"), webhookSecrets: ["a-webhook-secret-of-32-characters"] },
  store: {
    dataDir: "data",
    redisUrl: "redis://:p%40ssw0rd-of-redis@cache:6379",
    databaseUrl: "postgresql://drafthorse:p%40ssw0rd-of-postgres@db/drafthorse",
  },
  agents: {
    known: { AGENT: { environment: { MODEL: "claude-sonnet-4-5", KEY: "k3y-Of-The-Model-77" } } },
    usual: ["AGENT"],
  },
  egress: { secrets: ["t0ken-of-the-registry"] },
  proxies: { https: "http://ada:p%40ss-of-the-proxy@proxy.acme.test:3128", direct: [] },
  operations: { metricsToken: "t0ken-of-the-metrics" },
  logLevel: "info",
} as unknown as Config;

test.each([
  ["the App's key", pem.join("\n")],
  ["a line of it", pem[1] ?? ""],
  ["the webhook's secret", "a-webhook-secret-of-32-characters"],
  ["the store's password", "p@ssw0rd-of-redis"],
  ["the database's password", "p@ssw0rd-of-postgres"],
  ["the agent's key", "k3y-Of-The-Model-77"],
  ["the registry's token", "t0ken-of-the-registry"],
  ["the metrics' token", "t0ken-of-the-metrics"],
  ["the proxy's password", "p@ss-of-the-proxy"],
  ["the proxy's password as an address has it", "p%40ss-of-the-proxy"],
  [
    "a token that nobody told of",
    `ghs_123456_eyJ${"aB3dE6gH9j".repeat(4)}.eyJ${"K2mN5pQ8sT".repeat(8)}.${"1vW4yZ7bC0".repeat(8)}`,
  ],
])("a line about %s does not hold it", (_, value) => {
  const lines: string[] = [];
  const log = openLog(config, { write: (line) => void lines.push(line) });

  log.error({ err: new Error(`it was ${value}`), value, nested: { value: [value] } }, `told ${value}`);
  log.info({ model: "claude-sonnet-4-5" }, "an agent's model is no secret");

  const quoted = JSON.stringify(value).slice(1, -1);
  expect(lines[0]).not.toContain(quoted);
  expect(lines[0]).toContain("[redacted]");
  expect(() => lines.map((line) => JSON.parse(line))).not.toThrow();
  expect(lines[1]).toContain("claude-sonnet-4-5");
});
