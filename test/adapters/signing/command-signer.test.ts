import { execFileSync } from "node:child_process";
import { createPublicKey, verify } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { openCommandSigner } from "../../../src/adapters/signing/open-command-signer.ts";
import { testDirectory } from "../../support/test-directory.ts";

const root = testDirectory();
const clock = { now: () => new Date("2026-11-27T12:00:00.000Z") };
const bytes = Buffer.from("what is signed");
const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" });

/** A key that only a program reaches, as in a key service. */
function aService(): { directory: string; secret: string; keyPath: string } {
  const directory = mkdtempSync(join(root, "data-"));
  const [secret, keyPath] = [join(directory, "elsewhere.pem"), join(directory, "public.pem")];
  openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", secret);
  openssl("ec", "-in", secret, "-pubout", "-out", keyPath);
  return { directory, secret, keyPath };
}

const signer = (service: { directory: string; keyPath: string }, command: string, longest?: number) =>
  openCommandSigner({ ...service, publicUrl: undefined }, { command, clock, ...(longest && { longest }) });

test.each([
  ["as it is", ""],
  ["in base64", " | openssl base64"],
])("a program signs what it gets, and writes the signature %s", async (_, written) => {
  const service = aService();

  const opened = await signer(service, `openssl dgst -sha256 -sign ${service.secret}${written}`);
  const signed = await opened.sign(bytes);

  if (signed === "none") throw new Error("nothing was signed");
  const key = createPublicKey(readFileSync(service.keyPath, "utf8"));
  expect(verify("sha256", bytes, key, signed.signature)).toBe(true);
  expect(await opened.keys()).toEqual([signed.key]);
});

test.each([
  ["another key", (own: string) => `openssl dgst -sha256 -sign ${own}`, "wrote no signature of the key"],
  ["nothing", () => "true", "wrote no signature of the key"],
  ["an error", () => "echo access denied >&2; exit 3", "ended with 3: access denied"],
  ["no program", () => "no-such-program-here", "ended with 127"],
  ["a flood", () => "yes", "ended with SIGKILL"],
])("%s is a failure of the store, and signs nothing", async (_, command, why) => {
  const opened = await signer(aService(), command(aService().secret));

  await expect(opened.sign(bytes)).rejects.toMatchObject({
    kind: "storage",
    message: expect.stringContaining(why),
  });
});

test("a program that does not end is ended", async () => {
  const opened = await signer(aService(), "cat; sleep 60", 50);

  await expect(opened.sign(bytes)).rejects.toThrow("did not end within 0.05 s");
});

test("the public half must be named", async () => {
  const opening = openCommandSigner(
    { directory: root, keyPath: undefined, publicUrl: undefined },
    { command: "true", clock },
  );

  await expect(opening).rejects.toThrow("SIGNING_KEY_PATH");
});
