import { createPublicKey, verify } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { bytesToSign, writeBundle } from "../../src/domain/attestation/bundle.ts";
import { withPresentKey } from "../../src/domain/attestation/known-keys.ts";
import { EvidenceStatement } from "../../src/domain/attestation/statement.ts";
import { aKey, signWith } from "../fakes/fake-signer.ts";
import { aStatement } from "../fixtures/attested.ts";

/** DSSE's pre-authentication encoding, from its protocol's text alone: no code of ours or of Sigstore's. */
function encodeFirst(type: string, payload: Buffer): Buffer {
  const length = (bytes: Buffer) => String(bytes.length);
  const typeBytes = Buffer.from(type, "utf8");
  return Buffer.concat([
    Buffer.from("DSSEv1 "),
    Buffer.from(`${length(typeBytes)} `),
    typeBytes,
    Buffer.from(` ${length(payload)} `),
    payload,
  ]);
}

describe.each(["ecdsa-p256", "ed25519"] as const)("a bundle signed with %s", (algorithm) => {
  const key = aKey({}, algorithm);
  const payload = JSON.stringify(aStatement());
  const bundle = JSON.parse(
    writeBundle(payload, { signature: signWith(key, bytesToSign(payload)), key: key.key }),
  );

  test("verifies by node:crypto over what the protocol says is signed", () => {
    const { payload: encoded, payloadType, signatures } = bundle.dsseEnvelope;
    const bytes = encodeFirst(payloadType, Buffer.from(encoded, "base64"));
    const by = algorithm === "ed25519" ? null : "sha256";

    expect(payloadType).toBe("application/vnd.in-toto+json");
    expect(signatures).toHaveLength(1);
    const signature = Buffer.from(signatures[0].sig, "base64");
    expect(verify(by, bytes, createPublicKey(key.key.publicKey), signature)).toBe(true);
    expect(verify(by, bytes.subarray(1), createPublicKey(key.key.publicKey), signature)).toBe(false);
  });

  test("is as cosign reads it: version 0.3, the key's hint, no name of a key in the envelope", () => {
    expect(bundle.mediaType).toBe("application/vnd.dev.sigstore.bundle.v0.3+json");
    expect(bundle.verificationMaterial.publicKey.hint).toBe(
      Buffer.from(key.key.sha256, "hex").toString("base64"),
    );
    // go-securesystemslib skips a signature whose keyid is not the one that it computes from the key itself.
    expect(bundle.dsseEnvelope.signatures[0].keyid ?? "").toBe("");
    // sigstore-go finds a blob by a subject with a SHA-256, and has none for the kinds of git.
    const digests = aStatement().subject.flatMap(({ digest }) => Object.keys(digest));
    expect(digests).toEqual(["gitCommit", "gitTree", "sha256"]);
  });
});

test("a statement says nothing but what its published shape has", () => {
  expect(EvidenceStatement.safeParse(aStatement()).success).toBe(true);
  expect(EvidenceStatement.safeParse({ ...aStatement(), more: 1 }).success).toBe(false);
});

describe("the keys of a server", () => {
  const [first, second] = [aKey().key, aKey().key];
  const now = "2026-11-27T12:00:00.000Z";

  test("stay as they are while the present one is the present one", () => {
    expect(withPresentKey([first], first, now)).toEqual([first]);
  });

  test("keep the old one with its end when another takes its place", () => {
    expect(withPresentKey([first], second, now)).toEqual([
      { ...first, until: now },
      { ...second, from: now, until: null },
    ]);
  });

  test("know one that came back since it was first there", () => {
    const keys = withPresentKey([{ ...first, until: now }, second], first, now);

    expect(keys).toEqual([
      { ...second, until: now },
      { ...first, until: null },
    ]);
  });
});
