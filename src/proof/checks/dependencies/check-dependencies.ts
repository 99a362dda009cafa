import type { ChangedFile } from "../../../domain/evidence/change.ts";
import type { CheckRow, Finding } from "../../../domain/evidence/evidence.ts";
import type { Brief } from "../../../domain/task/brief.ts";
import type { Move } from "./compare-readings.ts";
import { lockfilesFor } from "./file-kinds.ts";
import { note } from "./find-moves.ts";
import { declaresSource, judgeDeclared } from "./is-declared.ts";
import { mergeMoves } from "./merge-moves.ts";

/** More transitive packages than this are counted instead of listed. */
const maxTransitive = 20;
/** More findings than this say nothing new. */
const maxFindings = 100;

type JudgedMove = { move: Move; status: "pass" | "attention" | "fail"; message: string };

/** What the brief declares, what changed, and which lockfiles the base has for it. */
type DependencyRules = { brief: Brief; files: ChangedFile[]; lockfiles: Set<string> };

/** The check `dependencies`: what the change does to what is installed, held against what the brief declares. */
export function checkDependencies(seen: Move[], grounds: DependencyRules): CheckRow<"dependencies"> {
  const name = "dependencies";
  if (seen.length === 0) return { name, status: "pass", line: "no dependency changed", findings: [] };
  const goes = seen.some((move) => move.ecosystem === "go" && move.direct && isDeclared(move, grounds));
  const moves = mergeMoves(seen).map((move) =>
    move.ecosystem === "go" && goes ? { ...move, follows: true } : move,
  );
  const versions = moves.map((move) => judgeMove(move, grounds));
  const doubtful = versions.filter(({ status }) => status !== "pass").map(({ move }) => move);
  const notes = [...alone(doubtful, seen), ...leftBehind(seen, grounds)];
  const judged = [...versions, ...notes.map((move) => judgeMove(move, grounds))];
  const worst = (["fail", "attention"] as const).find((status) =>
    judged.some((one) => one.status === status),
  );
  return {
    name,
    status: worst ?? "pass",
    line: summaryOf(judged),
    findings: findingsOf(judged),
  };
}

function isDeclared(move: Move, { brief }: Pick<DependencyRules, "brief">): boolean {
  return judgeDeclared(move, brief.dependencies).kind === "declared";
}

function judgeMove(move: Move, { brief }: Pick<DependencyRules, "brief">): JudgedMove {
  const { dependencies } = brief;
  const who = [move.ecosystem, move.name].filter(Boolean).join(" ");
  const as = judgeDeclared(move, dependencies);
  const asDeclared = as.kind === "declared";
  const worst = (isFine: boolean): JudgedMove["status"] => (isFine ? "pass" : "fail");
  const word = as.kind === "outside" ? `outside the declared ${as.range}` : as.kind;
  switch (move.kind) {
    case "note":
      return { move, status: "attention", message: move.text };
    case "registry":
      return { move, status: "fail", message: `${who}: new registry ${move.text}` };
    case "own script":
      return {
        move,
        status: "fail",
        message: `${who}: new script at installation: ${move.text.slice(0, 200)}`,
      };
    case "source": {
      const isFine = declaresSource(move, dependencies);
      return {
        move,
        status: worst(isFine),
        message: `${who}: new source ${move.text}, ${isFine ? "" : "un"}declared`,
      };
    }
    case "script":
      return { move, status: worst(asDeclared), message: `${who}: new install script, ${word}` };
    case "hash":
      return {
        move,
        status: "fail",
        message: `${who}: other contents under the same version ${move.to[0] ?? ""}`,
      };
    default:
      return judgeVersion(move, { who, word, asDeclared });
  }
}

function judgeVersion(
  move: Move,
  { who, word, asDeclared }: { who: string; word: string; asDeclared: boolean },
): JudgedMove {
  const from = move.from.join(", ") || "no version";
  const to = move.to.join(", ") || "no version";
  const what =
    { added: `added ${to}`, removed: `removed ${from}` }[move.kind as "added"] ?? `${from} → ${to}`;
  const depth = move.direct ? "direct" : "transitive";
  const follows = !move.direct && move.follows && word === "undeclared";
  const stands = follows ? "needed by a declared one" : word;
  return {
    move,
    status: asDeclared || follows ? "pass" : "attention",
    message: `${who}: ${what}, ${depth}, ${stands}`,
  };
}

/** The lockfiles that changed what nobody declared while no manifest asked for it. */
function alone(doubtful: Move[], seen: Move[]): Move[] {
  const served = new Set(movedPaths(seen, "manifest").flatMap(lockfilesFor));
  const locks = new Set(movedPaths(seen, "lockfile"));
  return movedPaths(doubtful, "lockfile")
    .filter((path) => locks.has(path) && !served.has(path))
    .map((path) => note({ path, role: "lockfile", text: "the lockfile changed without its manifest" }));
}

/** The manifests that changed while the lockfile which the base has for them did not. */
function leftBehind(seen: Move[], { files, lockfiles }: DependencyRules): Move[] {
  const changed = new Set(files.map(({ path }) => path));
  return movedPaths(seen, "manifest")
    .filter((path) => {
      const places = lockfilesFor(path);
      return places.some((lock) => lockfiles.has(lock)) && !places.some((lock) => changed.has(lock));
    })
    .map((path) =>
      note({ path, role: "manifest", text: "dependencies changed, and the lockfile did not follow" }),
    );
}

/** The files of a role in which versions moved. */
function movedPaths(moves: Move[], wanted: Move["role"]): string[] {
  const moved = moves.filter(
    ({ role, kind }) => role === wanted && (kind === "added" || kind === "removed" || kind === "changed"),
  );
  return [...new Set(moved.map(({ path }) => path))];
}

function findingsOf(judged: JudgedMove[]): Finding[] {
  const isMinor = ({ move, status }: JudgedMove) =>
    !move.direct && status !== "fail" && ["added", "removed", "changed"].includes(move.kind);
  const minor = judged.filter(isMinor);
  const listed = minor.length > maxTransitive ? judged.filter((one) => !isMinor(one)) : judged;
  const count = (kind: Move["kind"]) => minor.filter(({ move }) => move.kind === kind).length;
  const undeclared = minor.filter(({ status }) => status !== "pass").length;
  const counted = `${minor.length} transitive packages: ${count("added")} added, ${count("removed")} removed, ${count("changed")} changed; ${undeclared} of them not needed by a declared one`;
  const order = ["fail", "attention", "pass"];
  const findings = listed
    .toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
    .slice(0, maxFindings)
    .map(
      ({ move: { path, line }, message }): Finding => ({
        path,
        ...(line !== undefined && { line }),
        message,
      }),
    );
  return minor.length > maxTransitive ? [...findings, { message: counted }] : findings;
}

function summaryOf(judged: JudgedMove[]): string {
  const count = (fits: (one: JudgedMove) => boolean) => judged.filter(fits).length;
  const kinds = ["added", "removed", "changed"] as const;
  const parts = [
    ...kinds.map((kind) => [count(({ move }) => move.kind === kind), kind] as const),
    [
      count(({ move }) => move.kind === "script" || move.kind === "own script"),
      "with a new install script",
    ] as const,
    [count(({ move }) => move.kind === "source" || move.kind === "registry"), "from a new source"] as const,
    [count(({ move }) => move.kind === "hash"), "with other contents"] as const,
    [count(({ move }) => move.kind === "note"), "to be looked at"] as const,
  ];
  const undeclared = count(({ status, move }) => status !== "pass" && move.kind !== "note");
  const shown = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return `${shown.join(", ")}; ${undeclared === 0 ? "all as declared" : `${undeclared} not declared`}`;
}
