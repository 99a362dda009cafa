import { globFinder } from "./find-glob.ts";

/** More alternatives than these are not written out; such a glob is taken to mean anything. */
const maxAlternatives = 64;

/**
 * Whether two globs can mean the same path, be it one that nobody has written yet. Where that cannot be told it is
 * taken to be so: a name without an ending may be a folder, which means all that is in it, and two names with wildcards
 * meet unless their ends tell them apart.
 */
export function globsMeet(one: string, other: string): boolean {
  const ones = alternativesOf(one.normalize("NFC"));
  const others = alternativesOf(other.normalize("NFC"));
  if (!ones || !others) return true;
  return ones.some((a) => others.some((b) => pathsMeet(segmentsOf(a), segmentsOf(b))));
}

/** The glob with its braces written out; nothing if that would be too many. */
function alternativesOf(glob: string): string[] | undefined {
  let all = [glob];
  while (all.some((one) => /\{[^{}]*\}/.test(one))) {
    all = all.flatMap(unfoldOne);
    if (all.length > maxAlternatives) return undefined;
  }
  return all;
}

function unfoldOne(glob: string): string[] {
  const [, before = "", choices, after = ""] = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(glob) ?? [];
  return choices === undefined ? [glob] : choices.split(",").map((choice) => `${before}${choice}${after}`);
}

const ending = /[^.]\.[A-Za-z]\w*$/;

function segmentsOf(glob: string): string[] {
  const segments = glob.replace(/\/+$/, "").split("/");
  const last = segments.at(-1) ?? "";
  return last === "**" || ending.test(last) ? segments : [...segments, "**"];
}

/** Each pair of places is looked at once, so that the time is that of the product of both lengths. */
function pathsMeet(one: string[], other: string[]): boolean {
  const known = new Map<string, boolean>();
  const meet = (i: number, j: number): boolean => {
    const key = `${i} ${j}`;
    const found = known.get(key) ?? look(i, j);
    known.set(key, found);
    return found;
  };
  const look = (i: number, j: number): boolean => {
    const [a, b] = [one[i], other[j]];
    if (a === "**") return meet(i + 1, j) || (b !== undefined && meet(i, j + 1));
    if (b === "**") return meet(i, j + 1) || (a !== undefined && meet(i + 1, j));
    if (a === undefined || b === undefined) return a === b;
    return namesMeet(a, b) && meet(i + 1, j + 1);
  };
  return meet(0, 0);
}

const wild = /[*?[\]{}]/;

function namesMeet(one: string, other: string): boolean {
  if (!wild.test(one)) return globFinder([other])(one) !== undefined;
  if (!wild.test(other)) return globFinder([one])(other) !== undefined;
  const [startOne = "", startOther = ""] = [one.split(wild)[0], other.split(wild)[0]];
  const [endOne = "", endOther = ""] = [one.split(wild).at(-1), other.split(wild).at(-1)];
  return (
    (startOne.startsWith(startOther) || startOther.startsWith(startOne)) &&
    (endOne.endsWith(endOther) || endOther.endsWith(endOne))
  );
}
