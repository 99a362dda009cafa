import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { openSecrets } from "../../../src/adapters/secrets/open-secrets.ts";

const secrets = openSecrets(["Zk3vQ9pLr7Tn2WxY8bHd"]);
const hash = (algorithm: string, text: string) => createHash(algorithm).update(text);

/** What looks like a secret to a careless eye. */
const lookAlikes: [string, string][] = [
  ["a SHA-1", `commit ${hash("sha1", "a").digest("hex")}`],
  ["a SHA-256", `sha256:${hash("sha256", "a").digest("hex")}`],
  ["an integrity", `"integrity": "sha512-${hash("sha512", "a").digest("base64")}"`],
  ["a token's hash", `token_hash = "${hash("sha256", "b").digest("hex")}"`],
  ["a UUID", 'secret: "0b6bb8a2-46b1-4e2f-9c57-1f0a2d3c4b5e"'],
  ["a key of a document", "AKIAIOSFODNN7EXAMPLE"],
  ["a secret of a document", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
  ["a row of x", `token: "${"x".repeat(40)}"`],
  ["a token of x", `ghp_${"x".repeat(36)}`],
  ["a placeholder", 'api_key: "your-api-key-goes-here-123"'],
  ["a placeholder in brackets", "API_TOKEN=<paste the token of 40 characters>"],
  ["an environment's name", "const token = process.env.GITHUB_ACCESS_TOKEN_2;"],
  ["a call", "password = readPassword2FromTerminal(terminalOfUser1);"],
  ["a template", `url = \`postgres://\${user}:\${password}@\${host}\``],
  ["a local database", "DATABASE_URL=postgres://postgres:postgres@localhost:5432/app"],
  ["a database of a document", "redis://:password@redis:6379"],
  [
    "a public key",
    `-----BEGIN PUBLIC KEY-----\n${hash("sha512", "k").digest("base64")}\n-----END PUBLIC KEY-----`,
  ],
  [
    "a certificate",
    `-----BEGIN CERTIFICATE-----\nMIID${hash("sha512", "c").digest("base64")}\n-----END CERTIFICATE-----`,
  ],
  [
    "an SSH public key",
    `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA${hash("sha256", "s").digest("base64")} ada@host`,
  ],
  ["words about keys", 'throw new Error("-----BEGIN PRIVATE KEY----- is missing");'],
  [
    "the token of jwt.io",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
  ],
  ["a data address", `url(data:image/png;base64,${hash("sha512", "png").digest("base64").repeat(20)})`],
  [
    "a source map",
    `//# sourceMappingURL=data:application/json;base64,${Buffer.from('{"version":3,"mappings":"AAAA"}').toString("base64")}`,
  ],
  ["a regular expression", "const secretPattern = /gh[pousr]_[A-Za-z0-9]{36,255}/;"],
  ["a test's password", 'password: "hunter2"'],
  ["a word and a number", 'access_token: "existingtoken123"'],
  ["a class name", 'className="token-operator-2 password-input-4"'],
  ["a translation", '"password": "Das-Passwort-muss-8-Zeichen-haben"'],
  ["a branch", 'secretName: "release-2026-11-21-candidate-4"'],
  ["the name of a model", 'token_model: "claude-sonnet-4-5-20250929"'],
];

describe("what is no secret", () => {
  test.each(lookAlikes)("%s is none", async (_, text) => {
    expect(await secrets.find(`${text}\n`)).toEqual([]);
  });

  type Published = { file: string; version: string; sha256: string };
  const published: Published[] = JSON.parse(
    readFileSync(new URL("../../../../test/fixtures/benign-files.json", import.meta.url), "utf8"),
  );

  test.each(published)("$file of version $version has none", async ({ file, sha256 }) => {
    const bytes = readFileSync(new URL(`../../../../node_modules/${file}`, import.meta.url));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);

    expect(await secrets.find(bytes.toString("utf8"))).toEqual([]);
  });

  test("these are at least a hundred", () => {
    expect(lookAlikes.length + published.length).toBeGreaterThanOrEqual(100);
  });
});
