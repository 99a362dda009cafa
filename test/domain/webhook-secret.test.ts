import { randomBytes } from "node:crypto";
import { expect, test } from "@jest/globals";
import { webhookSecretProblem } from "../../src/domain/rules/webhook-secret.ts";

test.each([
  [undefined, "no webhook secret"],
  ["", "no webhook secret"],
  ["   ", "no webhook secret"],
  ["development", "placeholder"],
  ["changeme-changeme-changeme-0123456", "placeholder"],
  ["your-webhook-secret-abcdefghijklmnop", "placeholder"],
  ["k3J9sLq0", "8 bytes"],
  ["5f1c0d0d3f0b4c9a8e7d6c5b4a39281", "31 bytes"],
  ["abcabcabcabcabcabcabcabcabcabcabcabc", "repeats"],
])("the secret %p is refused with the repair", (secret, fault) => {
  const problem = webhookSecretProblem(secret);

  expect(problem).toContain(fault);
  expect(problem).toContain("openssl rand -hex 32");
});

test("random secrets are good", () => {
  const secrets = Array.from({ length: 1_000 }, () => [
    randomBytes(32).toString("hex"),
    randomBytes(24).toString("base64"),
  ]).flat();

  expect(secrets.map(webhookSecretProblem).filter(Boolean)).toEqual([]);
});
