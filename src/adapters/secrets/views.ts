import { constants, gunzipSync } from "node:zlib";

/** A text seen in another way: decoded, put together, turned around; `origin` is where in the text it comes from. */
export type View = { text: string; origin: (index: number) => number };

/** Two strings that are joined when a program runs: nothing, a plus, a dot or a comma between two quotes. */
const joint =
  /(?<quote>["'`])[ \t]{0,40}(?:[+.,]|\.\.)?[ \t]{0,40}(?:\\?\r?\n[ \t]{0,80})?(?:[+.][ \t]{0,40})?\k<quote>/g;
/** A line that goes on: behind a backslash, or as encoders wrap what they encode. */
const wrap = /\\\r?\n[ \t]{0,80}|(?<=[A-Za-z0-9+/]{40})\r?\n[ \t]{0,40}(?=[A-Za-z0-9+/]{4})/g;
const escaped =
  /%(?<percent>[0-9a-f]{2})|\\x(?<hex>[0-9a-f]{2})|\\u00(?<unicode>[0-9a-f]{2})|\\u\{0{0,4}(?<braced>[0-9a-f]{2})\}|\\(?<mark>["'/\\])/gi;

/** What a gzip member may unfold to, in bytes: more is not looked at. */
const mostUnfolded = 1024 * 1024;
/** How many gzip members of a text are unfolded. */
const mostMembers = 50;

/** All the ways in which a text is looked at. Together they are no longer than a few times the text. */
export function viewsOf(text: string): View[] {
  const plain: View = { text, origin: (index) => index };
  const joined = replacing(plain, joint, () => "");
  const whole = replacing(joined ?? plain, wrap, () => "") ?? joined;
  const literal = replacing(whole ?? plain, escaped, characterOf);
  const read = literal ?? whole;
  const base = [plain, ...(read ? [read] : [])];
  return [
    ...base,
    { text: rot13(text), origin: (index) => index },
    { text: reversed(text), origin: (index) => text.length - 1 - index },
    ...base.flatMap(decodedRuns),
  ];
}

/** Every match replaced, and how to find the way back; nothing if there is no match. */
function replacing(view: View, pattern: RegExp, put: (match: RegExpMatchArray) => string): View | undefined {
  const cuts: { at: number; removed: number }[] = [];
  const parts: string[] = [];
  let done = 0;
  let length = 0;
  for (const match of view.text.matchAll(pattern)) {
    const kept = view.text.slice(done, match.index) + put(match);
    parts.push(kept);
    length += kept.length;
    done = match.index + match[0].length;
    cuts.push({ at: length, removed: done - length });
  }
  if (cuts.length === 0) return undefined;
  const text = parts.join("") + view.text.slice(done);
  return { text, origin: (index) => view.origin(index + lastBefore(cuts, index).removed) };
}

/** The last of ascending places that is not behind an index, by halving. */
function lastBefore<Place extends { at: number; removed: number }>(places: Place[], index: number) {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.at ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return places[low - 1] ?? { at: 0, removed: 0 };
}

function characterOf({ groups = {} }: RegExpMatchArray): string {
  if (groups.mark !== undefined) return groups.mark;
  const code = groups.percent ?? groups.hex ?? groups.unicode ?? groups.braced ?? "";
  return String.fromCharCode(Number.parseInt(code, 16));
}

/** What runs of base64 and of hex digits mean, one run after the other. */
function decodedRuns({ text, origin }: View): View[] {
  const parts: string[] = [];
  const places: { at: number; removed: number }[] = [];
  let length = 0;
  let members = 0;
  const add = (decoded: string, at: number): void => {
    places.push({ at: length, removed: at });
    parts.push(decoded);
    length += decoded.length + 1;
  };
  for (const { 0: run, index } of text.matchAll(/[A-Za-z0-9+/_-]{20,}/g)) {
    const bytes = Buffer.from(run, "base64");
    const unfolded = isFolded(bytes) && members++ < mostMembers ? unfold(bytes) : "";
    add(unfolded || bytes.toString("latin1"), index);
    if (/^(?:0x)?(?:[0-9a-f]{2}){10,}$/i.test(run))
      add(Buffer.from(run.replace(/^0x/, ""), "hex").toString("latin1"), index);
  }
  // A value's place within its run does not matter: the run is where it stands.
  return places.length === 0
    ? []
    : [{ text: parts.join("\n"), origin: (index) => origin(lastBefore(places, index).removed) }];
}

function isFolded(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** What a gzip member holds, also where its end is cut off; nothing of what is none. */
export function unfold(bytes: Buffer): string {
  if (!isFolded(bytes)) return "";
  try {
    const { Z_SYNC_FLUSH: finishFlush } = constants;
    return gunzipSync(bytes, { maxOutputLength: mostUnfolded, finishFlush }).toString("latin1");
  } catch {
    // No gzip after all, or a bomb: the bytes themselves are looked at.
    return "";
  }
}

/** The letter thirteen places on, for each letter; every other byte is itself. */
const turned = Buffer.from(
  Array.from({ length: 256 }, (_, code) => {
    const isLetter = /[A-Za-z]/.test(String.fromCharCode(code));
    return isLetter ? code + ((code & 31) > 13 ? -13 : 13) : code;
  }),
);

/** Characters beyond Latin-1 become others: no secret has any. */
function rot13(text: string): string {
  const bytes = Buffer.from(text, "latin1");
  for (let at = 0; at < bytes.length; at++) bytes[at] = turned[bytes[at] ?? 0] ?? 0;
  return bytes.toString("latin1");
}

function reversed(text: string): string {
  return Buffer.from(text, "latin1").reverse().toString("latin1");
}
