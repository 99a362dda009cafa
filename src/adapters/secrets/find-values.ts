import type { FoundSecret } from "./find-formats.ts";

/** A value in use, ready to be looked for: as it is, and as letters and digits alone in each of its encodings. */
export type Wanted = { value: string; squashed: string[] };

/** Shorter values are words that stand in innocent text too. */
const fewestCharacters = 12;
/** Letters and digits alone say less than the whole value, so there must be more of them. */
const fewestSquashed = 14;

/** What is looked for of the values in use; a PEM is known by each of its lines, since text may wrap it anew. */
export function wantedOf(values: Iterable<string>): Wanted[] {
  const parts = [...values].flatMap((value) => [value, ...value.split(/\r?\n/)]);
  return [...new Set(parts.map((part) => part.trim()))]
    .filter((part) => part.length >= fewestCharacters && !part.startsWith("-----"))
    .map((value) => ({ value, squashed: [...new Set(encodings(value).map(squash))].filter(isLong) }));
}

/** Finds values in use in a text as it stands. */
export function findPlain(text: string, wanted: Wanted[]): FoundSecret[] {
  return wanted.flatMap(({ value }) => findPlaces(text, value).map((at) => ({ at, value, rule })));
}

/**
 * Finds values in use in a text of which only letters and digits are looked at: whatever stands between the pieces of a
 * value or of its encoding, be it quotes, plus signs, line breaks or percent signs, does not hide it.
 */
export function findSquashed(text: string, wanted: Wanted[]): FoundSecret[] {
  if (wanted.length === 0) return [];
  const squashed = squash(text);
  const lower = squashed.toLowerCase();
  return wanted.flatMap(({ squashed: needles }) =>
    needles.flatMap((needle) => {
      const isHex = /^[0-9a-f]+$/.test(needle);
      return findPlaces(isHex ? lower : squashed, needle).map((at) => ({
        at: unsquashed(text, at),
        value: needle,
        rule,
      }));
    }),
  );
}

const rule = "a secret value in use";

/** Base64 in its three alignments (that of URLs differs only in marks), hex, escapes, rot13 and reversed. */
function encodings(value: string): string[] {
  const bytes = Buffer.from(value, "utf8");
  const hex = bytes.toString("hex");
  return [
    value,
    ...[0, 1, 2].map((shift) => alignedBase64(bytes, shift)),
    hex,
    ...["x", "0x", "u00"].map((mark) => hex.replace(/../g, `${mark}$&`)),
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    value.replace(/[A-Za-z]/g, (letter) =>
      String.fromCharCode(letter.charCodeAt(0) + ((letter.charCodeAt(0) & 31) > 13 ? -13 : 13)),
    ),
    [...value].reverse().join(""),
  ];
}

/** The characters of the base64 of any text with these bytes `shift` bytes behind a multiple of three. */
function alignedBase64(bytes: Buffer, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const whole = Math.floor(((shift + bytes.length) * 4) / 3);
  return encoded.slice(Math.ceil((shift * 4) / 3), whole);
}

function squash(text: string): string {
  return text.replace(/[^A-Za-z0-9]+/g, "");
}

/** Where the letter or digit with this number stands in the text. */
function unsquashed(text: string, at: number): number {
  let seen = 0;
  for (const { 0: run, index } of text.matchAll(/[A-Za-z0-9]+/g)) {
    if (seen + run.length > at) return index + at - seen;
    seen += run.length;
  }
  return text.length;
}

/** The first few places: one is enough to hold everything back. */
function findPlaces(text: string, needle: string, most = 3): number[] {
  const places: number[] = [];
  for (
    let at = text.indexOf(needle);
    at >= 0 && places.length < most;
    at = text.indexOf(needle, at + needle.length)
  )
    places.push(at);
  return places;
}

function isLong(needle: string): boolean {
  return needle.length >= fewestSquashed;
}
