import picomatch from "picomatch";

/** How globs are read: case counts unless told otherwise. */
export type GlobOptions = { nocase?: boolean };

/** A longer path cannot be checked out on every system, in characters; no change with one is published. */
export const longestPath = 1_000;

/** More of these than any path needs would let a text decide how long a comparison takes. */
const most = { braces: 6, globstars: 2, starsInSegment: 2, stars: 4 };

/**
 * Makes a function that finds the first of some globs that means a path. A folder means all that is in it; dot files
 * count, names may hold line breaks and letters with their accents apart, as macOS writes them, a path beyond the longest means nothing, and what frameworks put into names, as in `app/(shop)/[id]`, also means itself.
 */
export function globFinder(
  globs: string[],
  { nocase = false }: GlobOptions = {},
): (path: string) => string | undefined {
  const matchers = globs.map((glob) => {
    const composed = glob.normalize("NFC");
    return { glob, means: isTame(glob) ? matchGlob(composed, nocase) : same(composed) };
  });
  return (path) => {
    if (path.length > longestPath) return undefined;
    const composed = path.normalize("NFC");
    return matchers.find(({ means }) => means(composed))?.glob;
  };
}

/** Whether comparing paths with a glob takes no longer than such a thing should, whoever wrote the paths. */
export function isTame(glob: string): boolean {
  const plain = heaviestOf(glob);
  if (plain === undefined) return false;
  const segments = plain.replace(/(?:\/\*\*)+$/, "").split("/");
  const stars = segments.filter((segment) => segment !== "**").map((one) => one.match(/\*+/g)?.length ?? 0);
  return (
    segments.filter((segment) => segment === "**").length <= most.globstars &&
    stars.every((count) => count <= most.starsInSegment) &&
    stars.reduce((sum, count) => sum + count, 0) <= most.stars
  );
}

/** The glob with each brace as its alternative of the most stars; nothing if there are too many braces. */
function heaviestOf(glob: string): string | undefined {
  let plain = glob;
  for (let braces = 0; /\{[^{}]*\}/.test(plain); braces++) {
    if (braces === most.braces) return undefined;
    plain = plain.replace(/\{([^{}]*)\}/, (_, choices: string) => heaviestChoice(choices));
  }
  return plain;
}

function heaviestChoice(choices: string): string {
  const starsIn = (text: string): number => text.split("*").length;
  return choices
    .split(",")
    .reduce((heaviest, choice) => (starsIn(choice) > starsIn(heaviest) ? choice : heaviest));
}

function matchGlob(glob: string, nocase: boolean): (path: string) => boolean {
  const words = glob.replace(/\/+$/, "").replace(/[()|]/g, "\\$&");
  const readings = /[[\]]/.test(words) ? [words, words.replace(/[[\]]/g, "\\$&")] : [words];
  const all = readings.flatMap((reading) => [reading, `${reading}/**`]);
  // Without the flag `s` no star would mean a line break.
  return picomatch(all, { dot: true, noextglob: true, nonegate: true, flags: nocase ? "is" : "s" });
}

function same(glob: string): (path: string) => boolean {
  return (path) => path === glob;
}
