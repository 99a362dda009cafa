import { expect, test } from "@jest/globals";
import { openSecrets } from "../../../src/adapters/secrets/open-secrets.ts";
import { encodings, gzipped, seeds } from "./seeds.ts";

const planted = seeds(200);
const ways = Object.entries({ ...encodings, "gzip and base64": gzipped });
const stranger = openSecrets([]);

test("the seeds are of at least 15 kinds, and no two are the same", () => {
  expect(new Set(planted.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(15);
  expect(new Set(planted.map(({ value }) => value)).size).toBe(200);
});

test.each(ways)("of 200 values in use every one is found %s, on its line", async (_, write) => {
  const missed: string[] = [];
  for (const { kind, value } of planted) {
    const leaks = await openSecrets([value]).find(`one\ntwo\n${write(value)}\nlast\n`);
    const found = leaks.some(({ rule, line }) => rule === "a secret value in use" && line >= 3);
    if (!found) missed.push(kind);
  }

  expect(missed).toEqual([]);
});

/** Without its name a random value is not to be told from any other, once it is encoded. */
const nameless = "named random value";

test.each(ways)("of 200 secrets that nobody knows all that can be are found %s", async (way, write) => {
  const missed: string[] = [];
  for (const { kind, value } of planted)
    if ((await stranger.find(`one\n${write(value)}\n`)).length === 0) missed.push(kind);

  expect(missed.filter((kind) => kind !== nameless)).toEqual([]);
  if (way === "plain") expect(missed).toEqual([]);
});

test("a comment in the text silences nothing", async () => {
  const [{ value = "" } = {}] = planted.filter(({ kind }) => kind === "GitHub token");

  const leaks = await stranger.find(`// secretlint-disable\n// gitleaks:allow\nconst t = "${value}";\n`);

  expect(leaks).toMatchObject([{ line: 3, rule: "GitHub token" }]);
});

test("bytes are searched too, wherever a window ends, and as UTF-16", async () => {
  const value = planted[2]?.value ?? "";
  const filler = Buffer.alloc(256 * 1024 - 20, 1);
  const known = openSecrets([value]);

  const linesOf = async (text: string | Uint8Array) => (await known.find(text)).map(({ line }) => line);
  expect(await linesOf(Buffer.concat([filler, Buffer.from(value), filler]))).toContain(1);
  expect(await linesOf(Buffer.from(`\ufeffkey ${value}`, "utf16le"))).toContain(1);
  expect(new Set(await linesOf(`${"x\n".repeat(200_000)}${value}`))).toEqual(new Set([200_001]));
});

test("a token that is minted later is known from then on", async () => {
  const secrets = openSecrets([]);
  const token = "v1.0d2f4e6a8c0b1d3f5e7a9c2b4d6f8e0a";
  expect(await secrets.find(token)).toEqual([]);

  secrets.learn(token);

  expect(await secrets.find(token)).not.toEqual([]);
  expect(secrets.redact(`It is ${token}.`)).toBe("It is [redacted].");
});

test.each([
  ["one letter", "a".repeat(1_000_000)],
  ["beginnings of keys", "-----BEGIN RSA PRIVATE KEY-----\n".repeat(30_000)],
  ["beginnings of tokens", "ghs_hvs.eyJ://:@sk-ant-api03-".repeat(30_000)],
  ["quotes", `"+"`.repeat(300_000)],
  ["quoted names", `token="`.repeat(150_000)],
  ["percent signs", "%41%".repeat(250_000)],
  ["lone surrogates", "\ud800".repeat(500_000)],
  ["gzip beginnings", "H4sIAAAAAAAAA+".repeat(50_000)],
])("%s in a row do no harm", async (_, text) => {
  await expect(stranger.find(text)).resolves.toBeDefined();
});
