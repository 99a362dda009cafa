import { isTame } from "./find-glob.ts";
import { type GlobSegment, type GlobSign, readGlob } from "./read-glob.ts";

/**
 * Whether two globs can mean the same path, be it one that nobody has written yet. It may say so too often, never too
 * seldom: a character class is any character, and a glob that is not understood means anything. One thing is taken for
 * granted: no folder bears an ending that only files have (`a.ts`), unless one of the globs itself names such a folder.
 */
export function globsMeet(one: string, other: string): boolean {
  if (differAtTheStart(one, other)) return false;
  const [ones, others] = [readRemembered(one), readRemembered(other)];
  if (!ones || !others) return true;
  const mayBeFolder = [...ones, ...others].some((segments) => segments.slice(0, -1).some(namesFiles));
  const closed = (segments: GlobSegment[]): GlobSegment[] =>
    mayBeFolder || !namesFiles(segments.at(-1)) ? [...segments, "**"] : segments;
  return ones.some((a) => others.some((b) => pathsMeet(closed(a), closed(b))));
}

/** Globs that were read lately: of 1,000 scopes that wait each is compared with all others. */
const lately = new Map<string, ReturnType<typeof readGlob>>();

/** So many are remembered at most. */
const mostRemembered = 5_000;

function readRemembered(glob: string): ReturnType<typeof readGlob> {
  if (lately.has(glob)) return lately.get(glob);
  const read = isTame(glob) ? readGlob(glob) : undefined;
  if (lately.size >= mostRemembered) lately.clear();
  lately.set(glob, read);
  return read;
}

const plainName = /^[\w-][\w.-]*$/;

/** Most scopes of a repository lie in folders of their own: that is seen without reading the globs. */
function differAtTheStart(one: string, other: string): boolean {
  const others = other.split("/");
  for (const [at, name] of one.split("/").entries()) {
    const [a, b] = [name, others[at] ?? ""];
    if (!plainName.test(a) || !plainName.test(b)) return false;
    if (a !== b) return true;
  }
  return false;
}

/**
 * Endings that files have and folders do not. It is short of those that folders are known to have as well, such as
 * `next.js`, `socket.io` or `App.xcodeproj`.
 */
const fileEnding =
  /[^.]\.(?:[cm]?tsx?|[cm]js|jsx|css|s[ac]ss|less|html?|vue|svelte|mdx?|rst|txt|json[c5]?|ya?ml|toml|ini|cfg|xml|csv|sql|py[ix]?|rb|go|rs|java|kts?|scala|swift|php|cs|c|cc|cpp|cxx|h|hh|hpp|m|mm|sh|bash|ps1|lua|ex|exs|erl|clj|dart|zig|proto|graphql|snap|lock|svg|png|jpe?g|gif|ico|webp|psd|pdf|woff2?|ttf|zip)$/i;

function namesFiles(segment: GlobSegment | undefined): boolean {
  return segment !== undefined && segment !== "**" && fileEnding.test(segment.text);
}

/** Whether two rows of segments can be the same path, where `**` is any number of segments. */
function pathsMeet(one: GlobSegment[], other: GlobSegment[]): boolean {
  return sequencesMeet(one, other, { isMany: (part) => part === "**", areAlike: segmentsMeet });
}

function segmentsMeet(one: GlobSegment, other: GlobSegment): boolean {
  if (one === "**" || other === "**") return true;
  return sequencesMeet(one.signs, other.signs, { isMany: (sign) => sign === "many", areAlike: signsMeet });
}

function signsMeet(one: GlobSign, other: GlobSign): boolean {
  if (typeof one === "string" || typeof other === "string") return true;
  return one.oneOf.split("").some((character) => other.oneOf.includes(character));
}

type Comparison<T> = { isMany: (part: T) => boolean; areAlike: (one: T, other: T) => boolean };

/**
 * Whether two sequences can be written out to the same one, where some parts stand for any number of others. Each pair of
 * places is looked at once, so that the time is that of the product of both lengths.
 */
function sequencesMeet<T>(one: T[], other: T[], { isMany, areAlike }: Comparison<T>): boolean {
  const known = new Map<number, boolean>();
  const meet = (i: number, j: number): boolean => {
    const key = i * (other.length + 1) + j;
    const found = known.get(key) ?? look(i, j);
    known.set(key, found);
    return found;
  };
  // A part that stands for many ends here, or takes in one more part of the other.
  const passOne = (i: number, j: number): boolean => meet(i + 1, j) || (j < other.length && meet(i, j + 1));
  const passOther = (i: number, j: number): boolean => meet(i, j + 1) || (i < one.length && meet(i + 1, j));
  const look = (i: number, j: number): boolean => {
    const [a, b] = [one[i], other[j]];
    if (a !== undefined && isMany(a)) return passOne(i, j);
    if (b !== undefined && isMany(b)) return passOther(i, j);
    if (a === undefined || b === undefined) return i === one.length && j === other.length;
    return areAlike(a, b) && meet(i + 1, j + 1);
  };
  return meet(0, 0);
}
