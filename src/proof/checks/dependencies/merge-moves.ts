import type { Move } from "./compare-readings.ts";

/**
 * One move for what a manifest and its lockfile both say of a package: the versions are the lockfile's, the place is the
 * manifest's, where a reader looks first.
 */
export function mergeMoves(moves: Move[]): Move[] {
  const merged = new Map<string, Move>();
  for (const move of moves) {
    const key = moveKey(move);
    const known = merged.get(key);
    merged.set(key, known ? mergeTwo(known, move) : move);
  }
  return [...merged.values()];
}

function moveKey({ ecosystem, kind, name, text, path }: Move): string {
  if (kind === "added" || kind === "removed" || kind === "changed") return JSON.stringify([ecosystem, name]);
  if (kind === "script" || kind === "hash") return JSON.stringify([ecosystem, name, kind]);
  if (kind === "source") return JSON.stringify([ecosystem, name, kind, repositoryOf(text)]);
  return JSON.stringify([kind, path, text]);
}

/** Manifest and lockfile write the same repository in different ways. */
function repositoryOf(source: string): string {
  return source
    .replace(/^(?:git\+)?(?:https?|ssh|git):\/\/(?:git@)?(?:github\.com\/)?|^github:|^git@github\.com:/, "")
    .replace(/^codeload\.github\.com\/([^/]+\/[^/]+)\/.*$/, "$1")
    .replace(/(?:\.git)?(?:#.*|@[0-9a-f]{7,40})?$/, "");
}

function mergeTwo(one: Move, other: Move): Move {
  const [place = one] = [one, other].filter(({ role }) => role === "manifest");
  const [fixed = one] = [one, other].filter(({ role }) => role === "lockfile");
  const { ecosystem, kind, name, role, text } = fixed;
  return {
    ...{ ecosystem, kind, name, role, text, path: place.path, line: place.line },
    ...(one.role === other.role ? mergedVersions([one, other]) : mergedVersions([fixed])),
    direct: one.direct || other.direct,
    follows: one.follows || other.follows,
  };
}

/** Where two files of one kind speak, both are heard. */
function mergedVersions(moves: Move[]): Pick<Move, "from" | "to"> {
  const all = (side: "from" | "to") => [...new Set(moves.flatMap((move) => move[side]))];
  return { from: all("from"), to: all("to") };
}
