import { dirname, resolve } from "node:path";
import type { Base, Change, ObjectId } from "../../domain/evidence/change.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Repository } from "../../domain/task/task.ts";
import type { Artefacts } from "../../ports/store.ts";
import type { BaseFiles, Objects, Sandbox, Worktree, Worktrees } from "../../ports/workshop.ts";
import type { Log } from "../../ports.ts";
import { type AttemptPaths, attemptPaths } from "./attempt-paths.ts";
import { captureTree } from "./capture-tree.ts";
import { findChangeRepository, makeChangeRepository } from "./change-repository.ts";
import { plainFiles } from "./changed-files.ts";
import { compareTrees } from "./compare-trees.ts";
import { composeTree } from "./compose-tree.ts";
import { checkOutTree, type Exported, exportTree } from "./export-tree.ts";
import { findWorktree, makeWorktree } from "./make-worktree.ts";
import { type Mirrors, openMirrors } from "./open-mirrors.ts";
import { readBlob } from "./read-blob.ts";
import { readTexts } from "./read-texts.ts";
import type { Remote } from "./remote-access.ts";
import { removeTree } from "./remove-tree.ts";
import { type InTurn, serialise } from "./serialise.ts";
import { surveyFiles } from "./survey-files.ts";
import { findInTree, listFiles, readFromTree } from "./tree-files.ts";
import { trimChange } from "./trim-change.ts";

/** What the worktrees are made with; `remote` says where a repository is fetched from, with a token for this once. */
export type WorktreesOptions = {
  directory: string;
  sandbox: Sandbox;
  artefacts: Artefacts;
  remote: (repository: Repository) => Promise<Remote>;
  /** Takes secret values in use out of a text that people will see. */
  redact: (text: string) => string;
  log: Log;
};

/** What git on this machine does for the recipes. */
export type Git = { worktrees: Worktrees; objects: Objects; baseFiles: BaseFiles; trees: Trees };

/** Trees of the base and of a change, for what is made of them on this machine. */
export type Trees = {
  list(at: At, tree: ObjectId, isWanted: (path: string) => boolean): Promise<{ path: string; id: string }[]>;
  /** Puts the files of a tree into a directory that is not there yet. */
  checkOut(at: At, to: { tree: ObjectId; directory: string }): Promise<Exported>;
};

/** Opens git on this machine: mirrors, worktrees and the objects of changes, all below one directory. */
export function openWorktrees(options: WorktreesOptions): Git {
  const directory = resolve(options.directory);
  const { sandbox, artefacts, remote, redact, log } = options;
  const retrying = (repository: Repository, why: string) =>
    log.warn({ repository: repository.id, why }, "The mirror is fetched anew.");
  const mirrors = openMirrors({ directory, remote, retrying });
  const pathsOf = (key: string) => attemptPaths(directory, key);
  const inTurn = serialise();
  const shared = { sandbox, artefacts, mirrors };

  const placeOf = async (at: At): Promise<Place> => {
    const paths = pathsOf(at.key);
    const objects = await mirrors.objects(at.repository, at.change.base);
    const gitDir = await inTurn(at.key, () => findChangeRepository({ paths, objects, artefacts }, at.change));
    return { paths, objects, gitDir };
  };

  /** The base's own tree is in the mirror, whether or not there is a change yet. */
  const treePlaceOf = async (at: At, tree: ObjectId) => {
    if (tree !== at.change.base.tree) return placeOf(at);
    const objects = await mirrors.objects(at.repository, at.change.base);
    return { objects, gitDir: dirname(objects) };
  };

  return {
    worktrees: {
      fetch: mirrors.fetch,
      open: (order) => inTurn(order.key, () => open({ ...order, paths: pathsOf(order.key) }, mirrors)),
      capture: (order) => inTurn(order.key, () => capture({ ...order, paths: pathsOf(order.key) }, shared)),
      export: ({ tree, ...at }) =>
        onMirror(mirrors, at.repository, {
          base: at.change.base,
          act: async () => {
            const { root } = pathsOf(at.key);
            return exportTree({ root, ...orderOf(at, await treePlaceOf(at, tree)), tree });
          },
        }),
      close: (key) => inTurn(key, () => removeTree(pathsOf(key).root)),
    },
    objects: objectsOf(placeOf, { inTurn, artefacts, redact }),
    baseFiles: baseFilesOf(mirrors),
    trees: {
      list: async (at, tree, isWanted) =>
        listFiles({ gitDir: (await treePlaceOf(at, tree)).gitDir, tree }, isWanted),
      checkOut: async (at, { tree, directory }) => {
        return checkOutTree({ directory, ...orderOf(at, await treePlaceOf(at, tree)), tree });
      },
    },
  };
}

function orderOf({ change }: At, { objects, gitDir }: Pick<Place, "objects" | "gitDir">) {
  const alternates = [...new Set([`${gitDir}/objects`, objects])];
  return { base: change.base, mirror: dirname(objects), alternates };
}

type At = { repository: Repository; change: Change; key: string };
type Place = { paths: AttemptPaths; objects: string; gitDir: string };

function objectsOf(
  placeOf: (at: At) => Promise<Place>,
  { inTurn, artefacts, redact }: Pick<WorktreesOptions, "artefacts" | "redact"> & { inTurn: InTurn },
): Objects {
  return {
    blob: async (at, id) => readBlob((await placeOf(at)).gitDir, id),
    compare: async (at, trees) => compareTrees({ gitDir: (await placeOf(at)).gitDir, ...trees }),
    compose: async (at, parts) => {
      const { gitDir, paths } = await placeOf(at);
      return inTurn(at.key, () => composeTree({ gitDir, index: `${paths.root}/compose.index` }, parts));
    },
    texts: async function* (at, files) {
      yield* readTexts((await placeOf(at)).gitDir, files);
    },
    trim: async (at, order) => {
      const place = await placeOf(at);
      return inTurn(at.key, () => trimChange({ ...order, change: at.change, place }, { artefacts, redact }));
    },
  };
}
type OpenOrder = Parameters<Worktrees["open"]>[0] & { paths: AttemptPaths };
type CaptureOrder = Parameters<Worktrees["capture"]>[0] & { paths: AttemptPaths };

async function open(
  { repository, base, paths, notes, excluded }: OpenOrder,
  mirrors: Mirrors,
): Promise<Worktree> {
  const objects = await mirrors.objects(repository, base);
  const worktree = { directory: paths.work, home: paths.home, readable: [objects] };
  if (await findWorktree(paths)) return worktree;
  const act = () => makeWorktree({ paths, base, objects, notes, excluded });
  await onMirror(mirrors, repository, { base, act });
  return worktree;
}

/** The mirror may have lost objects that a fetch does not miss: then once more with a fresh one. */
async function onMirror<T>(
  mirrors: Mirrors,
  repository: Repository,
  { base, act }: { base: Base; act: () => Promise<T> },
): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.kind !== "git") throw thrown;
    await mirrors.renew(repository, base);
    return act();
  }
}

async function capture(
  { repository, base, paths, pack, key }: CaptureOrder,
  { sandbox, artefacts, mirrors }: { sandbox: Sandbox; artefacts: Artefacts; mirrors: Mirrors },
): Promise<Change> {
  const made = await findWorktree(paths);
  if (!made) throw new Failure("bug", `there is no worktree of ${key} to be captured`);
  const objects = await mirrors.objects(repository, base);
  const { tree, trouble } = await captureTree({ paths, base, objects, excluded: made.excluded, sandbox });
  const refused = await makeChangeRepository({ paths, objects }, { name: pack, file: paths.pack });
  const gitDir = paths.change;
  const { files, reasons } = await surveyFiles({ gitDir, before: base.tree, after: tree });
  await artefacts.adopt(pack, paths.pack);
  return { base, tree, files: plainFiles(files), unpublishable: [...trouble, ...refused, ...reasons], pack };
}

function baseFilesOf(mirrors: Mirrors): BaseFiles {
  const at = async (repository: Repository, base: Base) => ({
    gitDir: dirname(await mirrors.objects(repository, base)),
    tree: base.tree,
  });
  return {
    find: async (repository, base, paths) => findInTree(await at(repository, base), paths),
    read: async (repository, base, path) => readFromTree(await at(repository, base), path),
  };
}
