import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Leak, Secrets } from "../../ports/secrets.ts";
import { askSecretlint } from "./ask-secretlint.ts";
import { findAssignments } from "./find-assignments.ts";
import { type FoundSecret, findFormats } from "./find-formats.ts";
import { findPlain, findSquashed, type Wanted, wantedOf } from "./find-values.ts";
import { redactor } from "./redactor.ts";
import { unfold, viewsOf } from "./views.ts";

/** How many short-lived values are remembered: tokens die within the hour, and an hour mints fewer than this. */
const mostTokens = 200;

/** How much of a text is scanned at once, in characters: some tens of milliseconds. */
const windowLength = 256 * 1024;
/** Of a compressed file so many bytes are unfolded. */
const mostFolded = 1024 * 1024;
/** What two windows share, so that no secret, wrapped and encoded, falls between them. */
const overlap = 16 * 1024;

/** The secrets of this process; `learn` makes one more value known, as when a token is minted. */
export type KnownSecrets = Secrets & { learn: (value: string) => void };

/** Opens whoever knows the secret values in use. */
export function openSecrets(values: readonly string[]): KnownSecrets {
  const tokens = new Set<string>();
  const known = { wanted: wantedOf(values), redact: redactor(values) };
  return {
    learn: (value) => {
      if (tokens.has(value)) return;
      tokens.add(value);
      for (const oldest of tokens) if (tokens.size > mostTokens) tokens.delete(oldest);
      const all = [...values, ...tokens];
      Object.assign(known, { wanted: wantedOf(all), redact: redactor(all) });
    },
    find: async (text) => leaksOf(text, known.wanted),
    redact: (text) => known.redact(text),
  };
}

async function leaksOf(text: string | Uint8Array, wanted: Wanted[]): Promise<Leak[]> {
  const leaks = new Map<string, Leak>();
  const seen = { line: 1 };
  for (const window of windowsOf(text)) {
    // A scan is work of the processor alone: others have their turn between two windows.
    await setImmediate();
    const lineOf = lineCounter(window.text);
    for (const { at, value, rule } of (await findAll(window.text, wanted)).sort((a, b) => a.at - b.at)) {
      const fingerprint = createHash("sha256").update(value).digest("hex");
      const line = seen.line + lineOf(at);
      const key = `${line} ${fingerprint}`;
      if (!leaks.has(key)) leaks.set(key, { line, rule, fingerprint });
    }
    seen.line += linesIn(window.text.slice(0, window.fresh));
  }
  return [...leaks.values()];
}

/** Values in use come first: of two rules that see the same text the first is the one that is named. */
async function findAll(text: string, wanted: Wanted[]): Promise<FoundSecret[]> {
  const inViews = viewsOf(text).flatMap((view) => {
    const found = [...findPlain(view.text, wanted), ...findFormats(view.text)];
    return found.map((one) => ({ ...one, at: view.origin(one.at) }));
  });
  return [
    ...inViews,
    ...findSquashed(text, wanted),
    ...(await askSecretlint(text)),
    ...findAssignments(text),
  ];
}

/** Pieces of bounded length; `fresh` is where the next one begins. What is compressed is read as what it unfolds to, too. */
function* windowsOf(text: string | Uint8Array): Generator<{ text: string; fresh: number }> {
  const unfolded = typeof text === "string" ? "" : unfold(Buffer.from(text.slice(0, mostFolded)));
  if (unfolded !== "") yield { text: unfolded, fresh: 0 };
  for (let start = 0; start === 0 || start + overlap < text.length; start += windowLength - overlap) {
    const piece = text.slice(start, start + windowLength);
    yield { text: typeof piece === "string" ? piece : bytesAsLetters(piece), fresh: windowLength - overlap };
  }
}

/** Bytes as letters: a NUL belongs to a letter of UTF-16 where every second byte is one, else it ends a string. */
function bytesAsLetters(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("latin1")
    .replace(/(?<=\0[^\0])\0|\0(?=[^\0]\0)/g, "")
    .replaceAll("\0", " ");
}

/** Counts the line breaks before a place; the places that it is asked for never go back. */
function lineCounter(text: string): (at: number) => number {
  const seen = { at: 0, breaks: 0 };
  return (at) => {
    seen.breaks += linesIn(text.slice(seen.at, at));
    seen.at = Math.max(seen.at, at);
    return seen.breaks;
  };
}

function linesIn(text: string): number {
  let breaks = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) breaks++;
  return breaks;
}
