import { createPublicKey } from "node:crypto";
import { bundleFromJSON, bundleToJSON, toDSSEBundle } from "@sigstore/bundle";
import { dsse } from "@sigstore/core";
import { toSignedEntity, toTrustMaterial, Verifier } from "@sigstore/verify";
import { z } from "zod";
import type { KnownKey } from "./known-keys.ts";
import { payloadType } from "./statement.ts";

/** Bytes in base64, in the one spelling that they have. */
const Base64 = z.string().refine((text) => Buffer.from(text, "base64").toString("base64") === text);

/**
 * A Sigstore bundle (v0.3) with one DSSE envelope, signed by a key that its hint names. `keyid` stays empty: cosign takes
 * another one for that of another key.
 */
export const SignedBundle = z.strictObject({
  mediaType: z.literal("application/vnd.dev.sigstore.bundle.v0.3+json"),
  verificationMaterial: z.strictObject({
    publicKey: z.strictObject({ hint: Base64 }),
    tlogEntries: z.tuple([]).exactOptional(),
    timestampVerificationData: z
      .strictObject({ rfc3161Timestamps: z.tuple([]).exactOptional() })
      .exactOptional(),
  }),
  dsseEnvelope: z.strictObject({
    payload: Base64,
    payloadType: z.literal(payloadType),
    signatures: z.tuple([z.strictObject({ sig: Base64, keyid: z.literal("").exactOptional() })]),
  }),
});
export type SignedBundle = z.infer<typeof SignedBundle>;

/** The bytes that are signed for a payload: the envelope's pre-authentication encoding (DSSE protocol, v1). */
export function bytesToSign(payload: string): Uint8Array {
  return dsse.preAuthEncoding(payloadType, Buffer.from(payload));
}

/** The bundle, as one line of JSON. */
export function writeBundle(
  payload: string,
  { signature, key }: { signature: Uint8Array; key: Pick<KnownKey, "sha256"> },
): string {
  const bundle = toDSSEBundle({
    artifact: Buffer.from(payload),
    artifactType: payloadType,
    signature: Buffer.from(signature),
    keyHint: hintOf(key),
  });
  for (const one of bundle.content.dsseEnvelope.signatures) one.keyid = "";
  return JSON.stringify(bundleToJSON(bundle));
}

/** The hint by which Sigstore's clients name a key: the SHA-256 of its DER in base64. */
function hintOf({ sha256 }: Pick<KnownKey, "sha256">): string {
  return Buffer.from(sha256, "hex").toString("base64");
}

/** A bundle as it was read: the hash of the key that it names, and the payload that it holds. Nothing is verified yet. */
export type ReadBundle = { json: SignedBundle; keySha256: string; payload: string };

/** Reads a bundle; or says in one sentence why it is none of ours. */
export function readBundle(text: string): ReadBundle | { problem: string } {
  const value = unambiguous(text.replace(/\s+/g, ""));
  if (!value)
    return { problem: "it is no JSON that every reader reads alike: a key stands in it twice, say" };
  const parsed = SignedBundle.safeParse(value.json);
  if (!parsed.success)
    return { problem: `${whereOf(parsed.error)} is not as in a bundle of one signed statement` };
  const { dsseEnvelope, verificationMaterial } = parsed.data;
  return {
    json: parsed.data,
    keySha256: Buffer.from(verificationMaterial.publicKey.hint, "base64").toString("hex"),
    payload: Buffer.from(dsseEnvelope.payload, "base64").toString("utf8"),
  };
}

/** JSON that is written as JavaScript writes it: no key twice, no number or letter in another spelling. */
export function unambiguous(text: string): { json: unknown } | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return JSON.stringify(json) === text ? { json } : undefined;
  } catch {
    return undefined;
  }
}

/** The place of the first thing that does not fit a shape, for people. */
export function whereOf({ issues: [first] }: z.ZodError): string {
  const extra = first?.code === "unrecognized_keys" ? first.keys[0] : undefined;
  const path = [...(first?.path ?? []), ...(extra === undefined ? [] : [extra])].join(".");
  return path ? `\`${path}\`` : "the whole";
}

/** Whether the key signed the envelope, by Sigstore's own verifier: no log, no time stamp, no certificate. */
export function isSignedBy({ json }: Pick<ReadBundle, "json">, key: Pick<KnownKey, "publicKey">): boolean {
  const none = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [] };
  const root = { mediaType: "", ...none };
  const found = { publicKey: createPublicKey(key.publicKey), validFor: () => true };
  const thresholds = { ctlogThreshold: 0, tlogThreshold: 0, timestampThreshold: 0 };
  try {
    new Verifier(
      toTrustMaterial(root, () => found),
      thresholds,
    ).verify(toSignedEntity(bundleFromJSON(json)));
    return true;
  } catch {
    return false;
  }
}
