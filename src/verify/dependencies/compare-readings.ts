import type { Ecosystem, Entry, Marked, Reading } from "./reading.ts";

/** One thing that a change does to what is installed. `from` and `to` are versions, or ranges of a manifest. */
export type Move = {
  ecosystem: Ecosystem | undefined;
  role: "manifest" | "lockfile" | "settings" | "script" | "unread";
  path: string;
  line?: number | undefined;
  kind: "added" | "removed" | "changed" | "hash" | "script" | "source" | "registry" | "own script" | "note";
  name: string;
  from: string[];
  to: string[];
  direct: boolean;
  /** Whether a declared package needs it, however far down. */
  follows: boolean;
  /** The source, the setting, the command or the note. */
  text: string;
};

/** A move as far as one file's two readings tell it; `mark` is what its place begins with. */
export type RawMove = Pick<Move, "kind" | "name" | "from" | "to" | "direct" | "follows" | "text"> & {
  mark: string;
};

/** The two sides of a file, and whose names the brief declares. */
export type Sides = { before: Reading; after: Reading; isDeclared: (name: string) => boolean };

/** What differs between two readings of one file. */
export function compareReadings({ before, after, isDeclared }: Sides): RawMove[] {
  const old = byName(before.entries);
  const now = byName(after.entries);
  const known = { old, followers: followersOf([...before.entries, ...after.entries], isDeclared) };
  const gone = [...old].flatMap(([name, entries]) =>
    now.has(name)
      ? []
      : [move("removed", entries, { from: versionsOf(entries), follows: known.followers.has(name) })],
  );
  const sources = new Set(before.entries.map(({ source }) => source));
  return [
    ...[...now].flatMap(([name, entries]) => movesOf(entries, { old: old.get(name) ?? [], known, sources })),
    ...gone,
    ...added(before.registries, after.registries).map((one) => setting("registry", one)),
    ...added(before.scripts, after.scripts).map((one) => setting("own script", one)),
  ];
}

type Known = { followers: Set<string> };

function movesOf(
  now: Entry[],
  { old, known, sources }: { old: Entry[]; known: Known; sources: Set<string | undefined> },
): RawMove[] {
  const name = now[0]?.name ?? "";
  const from = versionsOf(old).filter((version) => !versionsOf(now).includes(version));
  const to = versionsOf(now).filter((version) => !versionsOf(old).includes(version));
  const about = { from, to, follows: known.followers.has(name) };
  const kind = old.length === 0 ? "added" : "changed";
  const isMoved = kind === "added" || from.length > 0 || to.length > 0;
  const ran = old.some(({ runsScript }) => runsScript);
  const starts = !ran && now.some(({ runsScript }) => runsScript);
  const fresh = [...new Set(now.map(({ source }) => source))].filter(
    (source) =>
      source !== undefined && !old.some((one) => one.source === source) && !isKnownRegistry(source, sources),
  );
  return [
    ...(isMoved ? [move(kind, now, about)] : []),
    ...(starts ? [move("script", now, about)] : []),
    ...fresh.map((source) => ({ ...move("source", now, about), text: source ?? "" })),
    ...now.flatMap((entry) =>
      hasOtherContents(entry, old) ? [move("hash", [entry], { ...about, to: [entry.version] })] : [],
    ),
  ];
}

/** A registry that other packages already come from is no news; a repository or an address always is. */
function isKnownRegistry(source: string, sources: Set<string | undefined>): boolean {
  return source.startsWith("registry ") && sources.has(source);
}

function hasOtherContents({ version, hashes = new Map() }: Entry, old: Entry[]): boolean {
  const same = old.filter((one) => one.version === version && version !== "" && one.hashes);
  return (
    same.length > 0 &&
    same.every(({ hashes: known }) =>
      [...hashes].some(([key, hash]) => known?.has(key) && known.get(key) !== hash),
    )
  );
}

function move(
  kind: RawMove["kind"],
  entries: Entry[],
  { from = [], to = [], follows }: { from?: string[]; to?: string[]; follows: boolean },
): RawMove {
  const [{ name, mark } = { name: "", mark: "" }] = entries;
  const place = entries.find(({ version }) => to.includes(version))?.mark ?? mark;
  return {
    kind,
    name,
    from,
    to,
    direct: entries.some(({ direct }) => direct),
    follows,
    text: "",
    mark: place,
  };
}

function setting(kind: "registry" | "own script", { text, mark }: Marked): RawMove {
  return { kind, name: "", from: [], to: [], direct: true, follows: false, text, mark };
}

function added(before: Marked[], after: Marked[]): Marked[] {
  const known = new Set(before.map(({ text }) => text));
  return after.filter(({ text }) => !known.has(text));
}

function byName(entries: Entry[]): Map<string, Entry[]> {
  const names = new Map<string, Entry[]>();
  for (const entry of entries) {
    const same = names.get(entry.name);
    if (same) same.push(entry);
    else names.set(entry.name, [entry]);
  }
  return names;
}

function versionsOf(entries: Entry[]): string[] {
  return [...new Set(entries.map(({ version }) => version))].filter((version) => version !== "").sort();
}

/** All packages that declared ones need, and they themselves. */
function followersOf(entries: Entry[], isDeclared: (name: string) => boolean): Set<string> {
  const needs = new Map<string, Set<string>>();
  for (const { name, needs: own = [] } of entries) {
    const known = needs.get(name) ?? new Set();
    for (const needed of own) known.add(needed);
    needs.set(name, known);
  }
  const found = new Set([...needs.keys()].filter(isDeclared));
  // A set is walked in the order in which it grows, so that each name is looked at once.
  for (const name of found) for (const needed of needs.get(name) ?? []) found.add(needed);
  return found;
}
