import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";

/** Kinds of keys: those that every implementation of the field and every key service knows. */
export const keyAlgorithms = ["ecdsa-p256", "ed25519"] as const;
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

/** The public half of a key that signs, or signed, for a server. */
export const KnownKey = z.strictObject({
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("of the public key in DER (SubjectPublicKeyInfo): what the key is known by"),
  algorithm: z.enum(keyAlgorithms),
  publicKey: z.string().describe("in PEM"),
  from: z.iso.datetime().describe("when the server first had it"),
  until: z.iso.datetime().nullable().describe("when another took its place; null: it signs now"),
  revoked: z
    .string()
    .exactOptional()
    .describe("why nothing that it signed is to be believed, such as that others may have it"),
});
export type KnownKey = z.infer<typeof KnownKey>;

/** `/.well-known/drafthorse/keys.json`: every key that the server has had, the newest last. */
export const KnownKeys = z.strictObject({ keys: z.array(KnownKey) });
export type KnownKeys = z.infer<typeof KnownKeys>;

/** Where the public halves of the server's keys are: all of them with their times, and the present one alone. */
export const keyPlaces = {
  all: "/.well-known/drafthorse/keys.json",
  present: "/.well-known/drafthorse/key.pem",
} as const;

/** What a public key is, or that it is none that may sign here: RSA and other curves are not. */
export function describeKey(
  key: string | KeyObject,
): { sha256: string; algorithm: KeyAlgorithm; publicKey: string } | undefined {
  const half = publicHalf(key);
  const algorithm = half && algorithmOf(half);
  if (!half || !algorithm) return undefined;
  const der = half.export({ type: "spki", format: "der" });
  return {
    sha256: createHash("sha256").update(der).digest("hex"),
    algorithm,
    publicKey: half.export({ type: "spki", format: "pem" }).toString(),
  };
}

/** Public from either half; undefined for what is no key. */
function publicHalf(key: string | KeyObject): KeyObject | undefined {
  try {
    return createPublicKey(key as string);
  } catch {
    return undefined;
  }
}

function algorithmOf({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject) {
  if (type === "ed25519") return "ed25519";
  return type === "ec" && details?.namedCurve === "prime256v1" ? "ecdsa-p256" : undefined;
}

/** The keys with the present one among them: where it is new, the ones before it end now. */
export function withPresentKey(
  keys: KnownKey[],
  present: NonNullable<ReturnType<typeof describeKey>>,
  now: string,
) {
  const known = keys.find(({ sha256 }) => sha256 === present.sha256);
  if (known && known.until === null) return keys;
  const others = keys
    .filter(({ sha256 }) => sha256 !== present.sha256)
    .map((key) => ({ ...key, until: key.until ?? now }));
  return [...others, { ...present, from: known?.from ?? now, until: null }];
}
