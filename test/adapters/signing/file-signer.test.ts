import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { openFileSigner, replaceKey } from "../../../src/adapters/signing/open-signer.ts";
import type { Signer } from "../../../src/ports/signer.ts";
import { testDirectory } from "../../support/test-directory.ts";

const root = testDirectory();
const clock = { now: () => new Date("2026-11-27T12:00:00.000Z") };
const bytes = Buffer.from("what is signed");

function open(directory: string, keyPath?: string): Promise<Signer> {
  return openFileSigner({ directory, keyPath, publicUrl: "https://drafthorse.example.org" }, clock);
}

async function holds(signer: Signer): Promise<boolean> {
  const signed = await signer.sign(bytes);
  if (signed === "none") return false;
  const by = signed.key.algorithm === "ed25519" ? null : "sha256";
  return verify(by, bytes, createPublicKey(signed.key.publicKey), signed.signature);
}

const fresh = () => mkdtempSync(join(root, "data-"));
const pem = (key: ReturnType<typeof generateKeyPairSync>["privateKey"]) =>
  key.export({ type: "pkcs8", format: "pem" }).toString();

describe("a server's key", () => {
  test("is made at the first start, for its user alone, and is the same at the next", async () => {
    const directory = fresh();

    const [signer, beside] = await Promise.all([open(directory), open(directory)]);
    const again = await open(directory);

    expect(statSync(join(directory, "signing/key.pem")).mode & 0o777).toBe(0o600);
    expect(await holds(signer)).toBe(true);
    expect(await beside.keys()).toEqual(await signer.keys());
    expect(await again.keys()).toEqual(await signer.keys());
    expect(signer.keysUrl).toBe("https://drafthorse.example.org/.well-known/drafthorse/keys.json");
  });

  test("is replaced without a restart; the old one's public half stays known, its private half nowhere", async () => {
    const directory = fresh();
    const signer = await open(directory);
    const [old] = await signer.keys();
    const secret = readFileSync(join(directory, "signing/key.pem"), "utf8");

    const made = await replaceKey(directory, clock);

    expect(await signer.keys()).toEqual([{ ...old, until: "2026-11-27T12:00:00.000Z" }, made]);
    expect(made.sha256).not.toBe(old?.sha256);
    expect(await holds(signer)).toBe(true);
    expect(readFileSync(join(directory, "signing/key.pem"), "utf8")).not.toBe(secret);
    expect(statSync(join(directory, "signing/key.pem")).mode & 0o777).toBe(0o600);
  });

  test("may be one of the operator's, of either kind", async () => {
    const path = join(fresh(), "mine.pem");
    writeFileSync(path, pem(generateKeyPairSync("ed25519").privateKey), { mode: 0o600 });

    const signer = await open(fresh(), path);

    expect((await signer.keys()).map(({ algorithm }) => algorithm)).toEqual(["ed25519"]);
    expect(await holds(signer)).toBe(true);
  });

  test.each<[string, () => string, RegExp]>([
    ["that is not there", () => "", /does not exist|ENOENT/],
    ["that is no key", () => "hello", /is no private key in PEM/],
    [
      "of a kind that may not sign",
      () => pem(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey),
      /is neither Ed25519 nor ECDSA P-256/,
    ],
  ])("%s is refused with its path", async (_, text, why) => {
    const path = join(fresh(), "mine.pem");
    if (text() !== "") writeFileSync(path, text(), { mode: 0o600 });

    await expect(open(fresh(), path)).rejects.toThrow(why);
    await expect(open(fresh(), path)).rejects.toThrow(path);
  });

  test("that others can read is refused", async () => {
    const directory = fresh();
    await open(directory);
    chmodSync(join(directory, "signing/key.pem"), 0o640);

    await expect(open(directory)).rejects.toThrow(/can be read by others \(chmod 600\)/);
  });

  test("whose list is broken is refused, rather than that old signatures lose their key", async () => {
    const directory = fresh();
    const signer = await open(directory);
    writeFileSync(join(directory, "signing/keys.json"), "{");

    await expect(signer.sign(bytes)).rejects.toThrow(/keys\.json is no list of keys/);
  });
});
