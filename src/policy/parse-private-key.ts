/** A private key as PEM text, whatever an environment made of its line breaks; undefined where it is none. */
export function parsePrivateKey(text: string): string | undefined {
  // In an environment variable the line breaks of a PEM are often written as \n, or the whole as base64.
  const plain = text.includes("-----") ? text : Buffer.from(text, "base64").toString("utf8");
  const pem = plain.replaceAll("\\n", "\n").trim();
  return /^-----BEGIN [A-Z ]*PRIVATE KEY-----\n/.test(pem) ? `${pem}\n` : undefined;
}
