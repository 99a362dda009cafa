import type { KnownKey } from "../domain/attestation/known-keys.ts";
import { codeBlock } from "../domain/text/escape-markdown.ts";

/** What was signed, by the names of the files, and by which key; the text of a bundle that is gone is undefined. */
export type ShownStatements = {
  bundles: { name: string; text: string | undefined }[];
  key: KnownKey;
  keysUrl: string | undefined;
};

/** GitHub's limit on a check run's summary is 65,535 characters; two statements and a key have room in this. */
const longestBundle = 28_000;

/** The signed statements in a check run's summary: whole, so that a copy verifies, and folded, for nobody reads base64. */
export function renderStatements({ bundles, key, keysUrl }: ShownStatements): string[] {
  const where = keysUrl ? ` The server publishes its keys at ${keysUrl}.` : "";
  return [
    `Signed by the server's key \`${key.sha256}\`.${where} In a clone, \`npx drafthorse verify PULL-REQUEST-URL\` says what of all this holds, without that server.`,
    "<details><summary>Signed statements (Sigstore bundles) and the public key</summary>",
    ...bundles.flatMap(({ name, text }) => [`#### ${name}`, statementBlock(text)]),
    "#### key.pem",
    codeBlock(key.publicKey.trim()),
    "</details>",
  ];
}

function statementBlock(text: string | undefined): string {
  const fits = text !== undefined && text.length <= longestBundle;
  return fits ? codeBlock(text, "json") : "Too long to show; it is kept on the server.";
}
