import { existsSync } from "node:fs";
import { appendFile, lstat, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { z } from "zod";
import type { Base, Change } from "../../domain/evidence/change.ts";
import { Failure } from "../../domain/task/failure.ts";
import { writeWhole } from "../host/write-whole.ts";
import type { AttemptPaths } from "./attempt-paths.ts";
import { borrow } from "./bare-repository.ts";
import { type PlacedSubmodule, placeSubmodules } from "./place-submodules.ts";
import { removeTree } from "./remove-tree.ts";
import { runGit } from "./run-git.ts";

/** What is remembered of a worktree outside of it: the paths that are never part of the change, and what legs left in it. */
const WorktreeRecord = z.object({
  version: z.literal(1),
  excluded: z.array(z.string()),
  left: z.array(z.string()).default([]),
});
export type WorktreeRecord = z.infer<typeof WorktreeRecord>;

/** What a worktree is made of; `objects` is the objects directory that it borrows from. */
export type WorktreeOrder = {
  paths: AttemptPaths;
  base: Base;
  objects: string;
  notes: Record<string, string>;
  submodules: PlacedSubmodule[];
  /** Further paths that are never part of the change. */
  excluded?: string[] | undefined;
  /** What an earlier leg left, and the function that puts it into the worktree; absent: the worktree begins with the base. */
  left?: { change: Change; lay: () => Promise<void> } | undefined;
};

/** What is remembered of a worktree that was completely made, or undefined where there is none. */
export async function findWorktree({ made, work }: AttemptPaths): Promise<WorktreeRecord | undefined> {
  if (!existsSync(made) || !existsSync(work)) return undefined;
  return WorktreeRecord.parse(JSON.parse(await readFile(made, "utf8")));
}

/** Makes a worktree from nothing: files of the base, a git dir to throw away, the notes, a home beside it. */
export async function makeWorktree(order: WorktreeOrder): Promise<void> {
  const { paths, base, notes } = order;
  await removeTree(paths.root);
  await mkdir(paths.home, { recursive: true });
  await checkOutBase(order);
  if (order.submodules.length > 0)
    await placeSubmodules(order.submodules, { directory: paths.work, gitDir: paths.submodules });
  await order.left?.lay();
  const noted = await excludedPaths({ gitDir: join(paths.work, ".git"), base, notes: Object.keys(notes) });
  const excluded = [...noted, ...(order.excluded ?? [])];
  await writeFile(join(paths.work, ".git/info/exclude"), excluded.map(ignoreLine).join(""));
  for (const [path, text] of Object.entries(notes)) await writeNote({ work: paths.work, path, text });
  const left = order.left ? [nameOfLeft(order.left.change)] : [];
  await keepRecord(paths, { version: 1, excluded, left });
}

/** Writes down that a worktree holds what a leg left. */
export async function noteLeft(paths: AttemptPaths, made: WorktreeRecord, change: Change): Promise<void> {
  await keepRecord(paths, { ...made, left: [...new Set([...made.left, nameOfLeft(change)])] });
}

/** Whether a worktree holds what the last leg left. It does not where that leg ran on another machine. */
export function hasLeft(made: WorktreeRecord, left: Change | undefined): boolean {
  return left === undefined || made.left.includes(nameOfLeft(left));
}

/** The name has both parts: two legs may leave the same tree, and a leg that ran twice may leave two trees. */
function nameOfLeft({ pack, tree }: Change): string {
  return `${pack} ${tree}`;
}

function keepRecord({ made }: AttemptPaths, record: WorktreeRecord): Promise<void> {
  return writeWhole(made, JSON.stringify(record));
}

/** A line for exactly one path: none of its letters is a wildcard, and a blank at its end counts. */
function ignoreLine(path: string): string {
  return path.includes("\n") ? "" : `/${path.replace(/[\\*?[\] ]/g, "\\$&")}\n`;
}

/** The only time that the host runs git with the git dir of a worktree: nobody else has had it yet. */
async function checkOutBase({ paths: { work }, base, objects }: WorktreeOrder): Promise<void> {
  const gitDir = join(work, ".git");
  await runGit(["init", "--quiet", "--template=", work], { at: {} });
  await borrow(join(gitDir, "objects"), [objects]);
  await mkdir(join(gitDir, "info"), { recursive: true });
  // Inside the sandbox the owner looks different, and every file would have to be read again to be seen as clean.
  await appendFile(join(gitDir, "config"), "[core]\n\tcheckStat = minimal\n");
  await runGit(["checkout", "--quiet", "--detach", base.commit], { at: { gitDir, workTree: work } });
}

/** A note's top directory is left out as a whole, unless the repository has files of its own there. */
async function excludedPaths(order: { gitDir: string; base: Base; notes: string[] }): Promise<string[]> {
  const listed = await runGit(["ls-tree", "-z", "--name-only", order.base.tree], {
    at: { gitDir: order.gitDir },
  });
  const taken = new Set(listed.toString("utf8").split("\0"));
  const paths = order.notes.map((path) => {
    const top = checkedNote(path).split("/")[0] ?? path;
    return taken.has(top) ? path : top;
  });
  return [...new Set(paths)];
}

function checkedNote(path: string): string {
  if (
    normalize(path) !== path ||
    !/^(?!\.git\/)[A-Za-z0-9._][A-Za-z0-9._/-]*$/.test(path) ||
    path.startsWith("..")
  )
    throw new Failure("bug", `${JSON.stringify(path)} is no path for a note`);
  return path;
}

/** The repository may hold a link where a note is to go; it is not followed. */
async function writeNote({ work, path, text }: { work: string; path: string; text: string }): Promise<void> {
  const parents = path
    .split("/")
    .slice(0, -1)
    .map((_, index, all) => all.slice(0, index + 1).join("/"));
  for (const parent of parents) {
    const found = await lstat(join(work, parent)).catch(() => undefined);
    if (found && !found.isDirectory())
      throw new Failure("setup", `${parent} is in the way of the notes for the agent`);
  }
  await mkdir(join(work, dirname(path)), { recursive: true });
  await writeFile(join(work, path), text, { flag: "wx" });
}
