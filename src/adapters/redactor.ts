/** Shorter values than this are words that stand in innocent text too. */
const fewestCharacters = 8;

/** Makes a function that takes every secret value in use out of a text, longest first, in one pass each. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const values = [...new Set(secrets.flatMap(linesOf))].sort((a, b) => b.length - a.length);
  return (text) => values.reduce((clean, value) => clean.replaceAll(value, "[redacted]"), text);
}

/** A PEM is recognised by any of its lines, since a log may wrap it. */
function linesOf(secret: string): string[] {
  return [secret, ...secret.split(/\r?\n/)].filter(
    (part) => part.length >= fewestCharacters && !part.startsWith("-----"),
  );
}
