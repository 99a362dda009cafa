import { findFormats } from "./find-formats.ts";

/** Shorter values than this are words that stand in innocent text too. */
const fewestCharacters = 8;

const mask = "[redacted]";

/**
 * Makes a function that takes every secret value in use out of a text, longest first, in one pass each, and then what has
 * the form of a secret: a key that an agent found somewhere is nobody's value in use.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const values = [...new Set(secrets.flatMap(linesToHide))].sort((a, b) => b.length - a.length);
  return (text) => withoutFormats(values.reduce((clean, value) => clean.replaceAll(value, mask), text));
}

/** A private key from its first line to its last, or as much of it as there is. */
const privateKey =
  /(?<head>-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)(?:(?!-----)[\s\S]){1,20000}/g;

function withoutFormats(text: string): string {
  const keyless = text.replace(privateKey, `$<head>${mask}`);
  return findFormats(keyless).reduce((clean, { value }) => clean.replaceAll(value, mask), keyless);
}

/** A PEM is recognised by any of its lines, since a log may wrap it. */
function linesToHide(secret: string): string[] {
  return [secret, ...secret.split(/\r?\n/)].filter(
    (part) => part.length >= fewestCharacters && !part.startsWith("-----"),
  );
}
