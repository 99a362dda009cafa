/**
 * A place that holds what nobody may publish: the line, and the name of the rule that found it. `fingerprint` is the
 * same for the same find, so that what was there before can be told from what is new; it is never shown.
 */
export type Leak = { line: number; rule: string; fingerprint: string };

/** Whoever knows the secret values in use. The values never leave the adapter. */
export type Secrets = {
  /** Finds known formats and the exact values in use, plain and in their encodings; linear, and in bounded memory. */
  find(text: string | Uint8Array): Promise<Leak[]>;
  /** The text without the values in use and without what has the form of a secret. */
  redact(text: string): string;
};
