import type { Ecosystem, Marked, PackageEntry, Reading } from "./reading.ts";

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

type KnownFollowers = { followers: Set<string> };

function movesOf(
  now: PackageEntry[],
  { old, known, sources }: { old: PackageEntry[]; known: KnownFollowers; sources: Set<string | undefined> },
): RawMove[] {
  const name = now[0]?.name ?? "";
  const from = missingFrom(versionsOf(old), versionsOf(now));
  const to = missingFrom(versionsOf(now), versionsOf(old));
  const about = { from, to, follows: known.followers.has(name) };
  const kind = old.length === 0 ? "added" : "changed";
  const isMoved = kind === "added" || from.length > 0 || to.length > 0;
  const starts = now.some(({ runsScript }) => runsScript) && !old.some(({ runsScript }) => runsScript);
  const fresh = missingFrom(sourcesOf(now), sourcesOf(old)).filter((one) => !isKnownRegistry(one, sources));
  return [
    ...(isMoved ? [move(kind, now, about)] : []),
    ...(starts ? [move("script", now, about)] : []),
    ...fresh.map((text) => ({ ...move("source", now, about), text })),
    ...otherContents(now, old).map((entry) => move("hash", [entry], { ...about, to: [entry.version] })),
    ...unhashed(now, old).map((entry) => ({
      ...move("note", [entry], about),
      text: `${name} ${entry.version} has lost its hash: nothing tells any more what is installed`,
    })),
  ];
}

function missingFrom(all: string[], taken: string[]): string[] {
  const known = new Set(taken);
  return all.filter((one) => !known.has(one));
}

function sourcesOf(entries: PackageEntry[]): string[] {
  return [...new Set(entries.flatMap(({ source }) => source ?? []))];
}

/** A registry that other packages already come from is no news; a repository or an address always is. */
function isKnownRegistry(source: string, sources: Set<string | undefined>): boolean {
  return source.startsWith("registry ") && sources.has(source);
}

/** The entries whose version was there before with other hashes; what has no hash on one side cannot be told. */
function otherContents(now: PackageEntry[], old: PackageEntry[]): PackageEntry[] {
  const known = new Map<string, Set<string>>();
  for (const { version, hashes = new Map() } of old)
    for (const [key, hash] of hashes) {
      const place = JSON.stringify([version, key]);
      known.set(place, (known.get(place) ?? new Set()).add(hash));
    }
  return now.filter(({ version, hashes = new Map() }) =>
    [...hashes].some(([key, hash]) => known.get(JSON.stringify([version, key]))?.has(hash) === false),
  );
}

/** The entries whose version had a hash before and has none now. */
function unhashed(now: PackageEntry[], old: PackageEntry[]): PackageEntry[] {
  const known = new Set(old.filter(({ hashes }) => hashes && hashes.size > 0).map(({ version }) => version));
  return now.filter(({ version, hashes }) => version !== "" && known.has(version) && !hashes?.size);
}

function move(
  kind: RawMove["kind"],
  entries: PackageEntry[],
  { from = [], to = [], follows }: { from?: string[]; to?: string[]; follows: boolean },
): RawMove {
  const [{ name, mark } = { name: "", mark: "" }] = entries;
  const [first] = to;
  const place = entries.find(({ version }) => version === first)?.mark ?? mark;
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

function byName(entries: PackageEntry[]): Map<string, PackageEntry[]> {
  const names = new Map<string, PackageEntry[]>();
  for (const entry of entries) {
    const same = names.get(entry.name);
    if (same) same.push(entry);
    else names.set(entry.name, [entry]);
  }
  return names;
}

function versionsOf(entries: PackageEntry[]): string[] {
  return [...new Set(entries.map(({ version }) => version))].filter((version) => version !== "").sort();
}

/** All packages that declared ones need, and they themselves. */
function followersOf(entries: PackageEntry[], isDeclared: (name: string) => boolean): Set<string> {
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
