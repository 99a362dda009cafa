import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describeKey, type KnownKey } from "../../src/domain/attestation/known-keys.ts";
import type { Signer } from "../../src/ports/signer.ts";

/** A key of its own, and its public half as a server knows it. */
export type TestKey = { secret: KeyObject; key: KnownKey };

/** Makes a key that signs since the day before the stories. */
export function aKey(
  fields: Partial<KnownKey> = {},
  algorithm: KnownKey["algorithm"] = "ecdsa-p256",
): TestKey {
  const { privateKey: secret } =
    algorithm === "ed25519"
      ? generateKeyPairSync("ed25519")
      : generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const described = describeKey(secret);
  if (!described) throw new Error("this is no key that may sign");
  return { secret, key: { ...described, from: "2026-11-20T00:00:00.000Z", until: null, ...fields } };
}

/** Signs with a key, as the adapters do. */
export function signWith({ secret, key }: TestKey, bytes: Uint8Array): Buffer {
  return sign(key.algorithm === "ed25519" ? null : "sha256", bytes, secret);
}

/** A signer that keeps its key in memory. */
export function fakeSigner(made: TestKey = aKey()): Signer {
  return {
    sign: async (bytes) => ({ signature: signWith(made, bytes), key: made.key }),
    keys: async () => [made.key],
    keysUrl: "https://drafthorse.example.org/.well-known/drafthorse/keys.json",
  };
}
