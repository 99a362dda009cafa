import { spawn } from "node:child_process";
import { createPublicKey, verify } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import type { KnownKey } from "../../domain/attestation/known-keys.ts";
import { keyPlaces } from "../../domain/attestation/known-keys.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Signer } from "../../ports/signer.ts";
import type { Clock } from "../../ports.ts";
import { keyFiles, noteKey, type SigningPlaces, withKeyFailure } from "./open-signer.ts";

/** A key service answers in far less; one that does not must hold up no task for longer. */
const longestMs = 30_000;
/** A signature of either kind has less than 100 bytes. */
const mostBytes = 10_000;

/**
 * A key that a program reaches and this server does not, such as one of a key service: `command` is a line for the shell,
 * `keyPath` the public half. The program gets the bytes to sign on its standard input, and writes the signature (DER for
 * ECDSA), as it is or in base64. It is verified before anything is signed with it.
 */
export async function openCommandSigner(
  { directory, keyPath, publicUrl }: SigningPlaces,
  { command, clock, longest = longestMs }: { command: string; clock: Clock; longest?: number },
): Promise<Signer> {
  if (keyPath === undefined)
    throw new Failure(
      "storage",
      "SIGNING_COMMAND needs the public half of its key: set SIGNING_KEY_PATH to it.",
    );
  const places = keyFiles(directory, keyPath);
  await mkdir(places.own, { recursive: true, mode: 0o700 });
  const present = () => withKeyFailure(async () => noteKey(await readPublic(keyPath), places, clock));
  await present();
  return {
    async sign(bytes) {
      const { key } = await present();
      const said = await withKeyFailure(() => runSigningCommand(command, { bytes, longest }));
      return { signature: signatureIn(said, { bytes, key }), key };
    },
    keys: async () => (await present()).keys,
    keysUrl: publicUrl && `${publicUrl}${keyPlaces.all}`,
  };
}

async function readPublic(path: string): Promise<string> {
  const pem = await readFile(path, "utf8");
  try {
    createPublicKey(pem);
    return pem;
  } catch {
    throw new Failure("storage", `The signing key cannot be used: ${path} is no public key in PEM.`);
  }
}

/** What the command writes, for the bytes on its standard input; rejects where it fails or takes too long. */
function runSigningCommand(
  command: string,
  { bytes, longest }: { bytes: Uint8Array; longest: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Failure("storage", `SIGNING_COMMAND ${why}.`));
    const child = spawn("sh", ["-c", command], { stdio: ["pipe", "pipe", "pipe"], detached: true });
    const parts: Buffer[] = [];
    let told = "";
    const kill = () => child.pid && process.kill(-child.pid, "SIGKILL");
    const timer = setTimeout(() => {
      fail(`did not end within ${longest / 1000} s`);
      kill();
    }, longest);
    child.stdout.on("data", (part: Buffer) => {
      parts.push(part);
      if (parts.reduce((sum, { length }) => sum + length, 0) > mostBytes) kill();
    });
    child.stderr.on("data", (part: Buffer) => {
      told = `${told}${part}`.slice(-500);
    });
    // A program that reads nothing has ended before it was told: its exit code says why.
    child.stdin.on("error", () => undefined);
    child.on("error", ({ message }) => fail(`cannot be run: ${message}`));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(Buffer.concat(parts));
      else fail(`ended with ${signal ?? code}${told.trim() && `: ${told.trim()}`}`);
    });
    child.stdin.end(bytes);
  });
}

function signatureIn(said: Buffer, { bytes, key }: { bytes: Uint8Array; key: KnownKey }): Uint8Array {
  const hash = key.algorithm === "ed25519" ? null : "sha256";
  const holds = (signature: Uint8Array) => verify(hash, bytes, createPublicKey(key.publicKey), signature);
  const found = [said, Buffer.from(said.toString("latin1"), "base64")].find(holds);
  if (found) return found;
  throw new Failure(
    "storage",
    "SIGNING_COMMAND wrote no signature of the key whose public half SIGNING_KEY_PATH names.",
  );
}
