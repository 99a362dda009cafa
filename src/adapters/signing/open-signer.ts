import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { mkdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  describeKey,
  type KnownKey,
  KnownKeys,
  keyPlaces,
  withPresentKey,
} from "../../domain/attestation/known-keys.ts";
import { describeSystemError } from "../../domain/host/system-error.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Signer } from "../../ports/signer.ts";
import type { Clock } from "../../ports.ts";
import { makeOnce } from "../host/make-once.ts";
import { writeWhole } from "../host/write-whole.ts";

/** Where a server's keys are: `directory` is of the data, `keyPath` a private key that the operator made. */
export type SigningPlaces = { directory: string; keyPath: string | undefined; publicUrl: string | undefined };

/**
 * The key of a server in a file. Without one of the operator's it is made at the first start, in `signing/key.pem`, which
 * nobody else can read. A key that takes its place is noticed at its first use; the old one's public half stays known.
 */
export async function openFileSigner(
  { directory, keyPath, publicUrl }: SigningPlaces,
  clock: Clock,
): Promise<Signer> {
  const places = keyFiles(directory, keyPath);
  await mkdir(places.own, { recursive: true, mode: 0o700 });
  if (keyPath === undefined) await makeOnce(places.key, newKey());
  const present = () => withKeyFailure(() => presentKey(places, clock));
  await present();
  return {
    async sign(bytes) {
      const { key, secret } = await present();
      return { signature: sign(key.algorithm === "ed25519" ? null : "sha256", bytes, secret), key };
    },
    keys: async () => (await present()).keys,
    keysUrl: publicUrl && `${publicUrl}${keyPlaces.all}`,
  };
}

/** Where what is known of a server's keys lies. */
export type Places = { own: string; key: string; known: string };

/** The places of a server's keys below the directory of its data. */
export function keyFiles(directory: string, keyPath?: string): Places {
  const own = join(directory, "signing");
  return { own, key: keyPath ?? join(own, "key.pem"), known: join(own, "keys.json") };
}

/** Makes a new key in the place of the present one; its public half stays known. Resolves to the new one. */
export async function replaceKey(directory: string, clock: Clock): Promise<KnownKey> {
  const places = keyFiles(directory);
  return withKeyFailure(async () => {
    await presentKey(places, clock);
    await writeWhole(places.key, newKey(), 0o600);
    return (await presentKey(places, clock)).key;
  });
}

/** ECDSA P-256, since every key service has it and cosign makes it too. */
function newKey(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** Reads the key as it is now, and writes down its public half where that is new. */
async function presentKey(
  places: Places,
  clock: Clock,
): Promise<{ key: KnownKey; keys: KnownKey[]; secret: KeyObject }> {
  const secret = await readSecret(places.key);
  return { ...(await noteKey(secret, places, clock)), secret };
}

/** Writes down the public half of the present key where that is new; resolves to it and all that were. */
export async function noteKey(
  present: string | KeyObject,
  places: Places,
  clock: Clock,
): Promise<{ key: KnownKey; keys: KnownKey[] }> {
  const described = describeKey(present);
  if (!described) throw unusable(places.key, "is neither Ed25519 nor ECDSA P-256");
  const known = await readKnownKeys(places.known);
  const keys = withPresentKey(known, described, clock.now().toISOString());
  if (keys !== known) await writeWhole(places.known, `${JSON.stringify({ keys }, null, 2)}\n`);
  const key = keys.find(({ sha256 }) => sha256 === described.sha256);
  if (!key) throw new Failure("bug", "the present key is not among the known ones");
  return { key, keys };
}

async function readSecret(path: string): Promise<KeyObject> {
  const pem = await readFile(path, "utf8");
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) throw unusable(path, "can be read by others (chmod 600)");
  try {
    return createPrivateKey(pem);
  } catch {
    throw unusable(path, "is no private key in PEM");
  }
}

async function readKnownKeys(path: string): Promise<KnownKey[]> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return [];
  try {
    return KnownKeys.parse(JSON.parse(text)).keys;
  } catch {
    throw unusable(path, "is no list of keys: put back a copy of it, or take it away to begin anew");
  }
}

function unusable(path: string, why: string): Failure {
  return new Failure("storage", `The signing key cannot be used: ${path} ${why}.`);
}

/** Runs an action whose every error is a `storage` failure that names the key. */
export async function withKeyFailure<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const what = describeSystemError(error) ?? String(error);
    throw new Failure("storage", `The signing key cannot be used: ${what}.`, { cause: error });
  }
}
