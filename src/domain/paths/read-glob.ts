/** A sign of a name: one of these characters, any one character, or any number of characters. */
export type GlobSign = { oneOf: string } | "any" | "many";

/** One part of a path between slashes, as a text and sign by sign; `**` is any number of parts, none included. */
export type GlobSegment = "**" | { text: string; signs: GlobSign[] };

/** More alternatives than these are not written out. */
const maxAlternatives = 256;

/**
 * Every reading of a glob as rows of segments, which together mean all that `globFinder` takes it to mean, and may mean
 * more. Undefined where that cannot be told: it may mean anything.
 */
export function readGlob(glob: string): GlobSegment[][] | undefined {
  // A quote or a backslash changes what is beside it, a range is a class of its own kind, and a `+` repeats a whole brace.
  if (/["\\]|\.\.|\{[^{}]*\/[^{}]*\}\+|\}\}\+/.test(glob)) return undefined;
  const alternatives = writeOutBraces(glob.normalize("NFC").replace(/(?<=[\]}])\+/g, "*"));
  return alternatives?.flatMap((one) => bracketReadings(one)).map(readSegments);
}

/** The glob with its braces written out; those that hold no comma are signs as any others. */
function writeOutBraces(glob: string): string[] | undefined {
  let all = [glob];
  while (all.some((one) => withComma.test(one))) {
    all = all.flatMap(writeOutOne);
    if (all.length > maxAlternatives) return undefined;
  }
  // What is left of braces around braces, or of a brace that nobody closed, is not understood.
  const isLeft = all.some((one) => /[{}]/.test(one.replace(/\{[^{},]*\}/g, "")));
  return isLeft ? undefined : all;
}

const withComma = /\{[^{},]*,[^{}]*\}/;

function writeOutOne(glob: string): string[] {
  const [, before = "", choices, after = ""] = /^(.*?)\{([^{},]*,[^{}]*)\}(.*)$/s.exec(glob) ?? [];
  return choices === undefined ? [glob] : choices.split(",").map((choice) => `${before}${choice}${after}`);
}

/** Brackets are classes, and also themselves: frameworks put them into names. */
function bracketReadings(glob: string): string[] {
  if (!/[[\]]/.test(glob)) return [glob];
  return [glob, glob.replace(/[[\]]/g, (bracket) => (bracket === "[" ? openBracket : closeBracket))];
}

/** Private signs that stand for brackets which are no class. */
const openBracket = "\uE000";
const closeBracket = "\uE001";

function readSegments(glob: string): GlobSegment[] {
  return withoutClasses(glob)
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .flatMap(segmentOf);
}

/** Classes that are not simple: the glob is any number of segments. */
function withoutClasses(glob: string): string {
  return /[[\]]/.test(glob.replaceAll(simpleClass, "")) ? "**" : glob;
}

const simpleClass = /\[[^[\]/][^[\]/]*\]/g;

function segmentOf(part: string): GlobSegment[] {
  if (part === "**") return ["**"];
  // Two stars at the beginning of a name reach over slashes as well.
  if (part.startsWith("**")) return ["**", readSegment(part)];
  return [readSegment(part)];
}

function readSegment(part: string): GlobSegment {
  const text = part.replaceAll(openBracket, "[").replaceAll(closeBracket, "]");
  return { text, signs: [...part.matchAll(/\*+|\[[^\]]*\]|[^*]/gs)].map(([sign]) => readSign(sign)) };
}

function readSign(sign: string): GlobSign {
  if (sign.startsWith("*")) return "many";
  if (sign === "?") return "any";
  // Of a range or a negation it is enough to know that it is one character.
  if (sign.length > 1) return /[-!^]/.test(sign) ? "any" : { oneOf: sign.slice(1, -1) };
  return { oneOf: sign === openBracket ? "[" : sign === closeBracket ? "]" : sign };
}
