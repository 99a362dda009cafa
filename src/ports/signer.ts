import type { KnownKey } from "../domain/attestation/known-keys.ts";

/** A signature and the key that made it: Ed25519 over the bytes, or ECDSA P-256 over their SHA-256 in DER. */
export type Signature = { signature: Uint8Array; key: KnownKey };

/** The server's own key, wherever its private half is: in a file, or in a key service that never hands it out. */
export type Signer = {
  /** Signs with the present key; `none` where this process has no key of a server. MUST reject with a `storage` failure. */
  sign(bytes: Uint8Array): Promise<Signature | "none">;
  /** Every key that the server has had, the present one last. */
  keys(): Promise<KnownKey[]>;
  /** Where anybody finds those keys; undefined where the server has no public address. */
  keysUrl: string | undefined;
};
