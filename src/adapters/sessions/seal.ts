import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const sizes = { key: 32, nonce: 12, tag: 16 };

/** Encrypts a text so that only whoever has both secrets can read or change it. */
export function seal(text: string, secrets: SealSecrets): Buffer {
  const nonce = randomBytes(sizes.nonce);
  const cipher = createCipheriv(algorithm, sealingKey(secrets), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** The text of what was sealed; undefined for anything that was not, or with other secrets. */
export function unseal(bytes: Buffer, secrets: SealSecrets): string | undefined {
  if (bytes.length < sizes.nonce + sizes.tag) return undefined;
  const tagEnd = sizes.nonce + sizes.tag;
  const nonce = bytes.subarray(0, sizes.nonce);
  const decipher = createDecipheriv(algorithm, sealingKey(secrets), nonce, { authTagLength: sizes.tag });
  decipher.setAuthTag(bytes.subarray(sizes.nonce, tagEnd));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

/** What the server keeps, and what the browser keeps. */
export type SealSecrets = { server: Uint8Array; browser: string };

function sealingKey({ server, browser }: SealSecrets): Buffer {
  return Buffer.from(hkdfSync("sha256", server, browser, "drafthorse session", sizes.key));
}
