import type { FileText } from "../../../domain/evidence/change.ts";
import type { Brief } from "../../../domain/task/brief.ts";
import { compareReadings, type Move, type RawMove } from "./compare-readings.ts";
import { type FileKind, fileKind } from "./file-kinds.ts";
import { declares } from "./is-declared.ts";
import type { Reading } from "./reading.ts";

const nothing: Reading = { entries: [], registries: [], scripts: [] };

/** More moves of one file than this are counted only, by those that follow. */
const mostPlaces = 200;

/** What one changed file does to what is installed. */
export function findMoves(text: FileText, { brief }: { brief: Brief }): Move[] {
  const { path } = text.file;
  const kind = fileKind(path);
  if (!kind) return [];
  if (kind === "unread")
    return [note({ path, role: "unread", text: "changed, not read: this version does not know the format" })];
  const { ecosystem, role } = kind;
  const isDeclared = (name: string) => declares(brief.dependencies, { ecosystem, name });
  return rawMoves(text, kind, isDeclared).map(({ mark, ...move }, index) => ({
    ...move,
    ecosystem,
    role,
    path,
    ...(move.kind !== "removed" && index < mostPlaces && { line: markLine(text.after ?? "", mark) }),
  }));
}

function rawMoves(
  { file, ...text }: FileText,
  kind: FileKind,
  isDeclared: (name: string) => boolean,
): RawMove[] {
  if (file.path.endsWith(".patch")) return file.after ? [patched] : [];
  if (kind.role === "script") return file.before ? [] : [newScript];
  if (kind.role === "lockfile" && !file.after) return [rawNote("the lockfile was deleted")];
  const before = readSide(kind, file.before, text.before);
  const after = readSide(kind, file.after, text.after);
  if (!before || !after) return [rawNote("changed, not read: too long, or not in its format")];
  const moves = compareReadings({ before, after, isDeclared });
  return kind.role === "lockfile" && !file.before ? withoutComparison(moves, after) : moves;
}

/** Against no lockfile at all everything would be new: what counts is where it comes from. */
function withoutComparison(moves: RawMove[], { entries }: Reading): RawMove[] {
  const foreign = moves.filter((move) => move.kind === "source");
  return [rawNote(`a new lockfile of ${entries.length} packages, with nothing to compare it to`), ...foreign];
}

/** A side that is not there holds nothing; one that is there and has no text cannot be read. */
function readSide({ read }: FileKind, side: object | null, text: string | undefined): Reading | undefined {
  if (!side) return nothing;
  if (text === undefined) return undefined;
  try {
    return read(text);
  } catch {
    // Whatever a foreign file makes a parser throw, be it a stack that is too deep: it was not read.
    return undefined;
  }
}

const newScript: RawMove = {
  ...rawNote("the file runs at installation because it is there"),
  kind: "own script",
};

const patched: RawMove = rawNote("a patch of the code of a dependency");

function rawNote(text: string): RawMove {
  return { kind: "note", name: "", from: [], to: [], direct: true, follows: false, text, mark: "" };
}

/** A note on a whole file. */
export function note({ path, role, text }: Pick<Move, "path" | "role" | "text">): Move {
  const { mark: _, ...move } = rawNote(text);
  return { ...move, ecosystem: undefined, role, path };
}

function markLine(text: string, mark: string): number | undefined {
  const at = mark === "" ? -1 : text.indexOf(mark);
  if (at < 0) return undefined;
  let line = 1;
  for (let next = text.indexOf("\n"); next >= 0 && next <= at; next = text.indexOf("\n", next + 1)) line++;
  return line;
}
