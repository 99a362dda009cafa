import { dirname, resolve } from "node:path";
import type { Base, Change, ObjectId } from "../../domain/evidence/change.ts";
import type { ChangeAddress } from "../../domain/task/change-address.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Repository } from "../../domain/task/task.ts";
import type { Artefacts } from "../../ports/store.ts";
import type { BaseFiles, Objects, Sandbox, Worktree, Worktrees } from "../../ports/workshop.ts";
import type { Log } from "../../ports.ts";
import { type InTurn, inTurns } from "../host/in-turns.ts";
import { type AttemptPaths, attemptPaths } from "./attempt-paths.ts";
import { captureTree } from "./capture-tree.ts";
import { findChangeRepository, makeChangeRepository } from "./change-repository.ts";
import { plainFiles } from "./changed-files.ts";
import { compareTrees } from "./compare-trees.ts";
import { composeTree } from "./compose-tree.ts";
import { editTree } from "./edit-tree.ts";
import { checkOutTree, type Exported, type ExportOrder, exportTree } from "./export-tree.ts";
import { layChange } from "./lay-change.ts";
import { findWorktree, hasLeft, makeWorktree, noteLeft } from "./make-worktree.ts";
import { mergeChange } from "./merge-change.ts";
import { type Mirrors, openMirrors } from "./open-mirrors.ts";
import { openSubmodules, type SubmoduleAccess, type Submodules } from "./open-submodules.ts";
import { readBlob } from "./read-blob.ts";
import { readTexts } from "./read-texts.ts";
import type { Remote } from "./remote-access.ts";
import { removeTree } from "./remove-tree.ts";
import { submoduleEdits } from "./submodule-edits.ts";
import { surveyFiles } from "./survey-files.ts";
import { findPathsInTree, listFiles, listFolder, readFromTree } from "./tree-files.ts";
import { trimChange } from "./trim-change.ts";

/** What the worktrees are made with; `remote` says where a repository is fetched from, with a token for this once. */
export type WorktreesOptions = {
  directory: string;
  sandbox: Sandbox;
  artefacts: Artefacts;
  remote: (repository: Repository) => Promise<Remote>;
  submodules?: SubmoduleAccess;
  /** Takes secret values in use out of a text that people will see. */
  redact: (text: string) => string;
  log: Log;
};

/** What git on this machine does for the recipes. */
export type Git = { worktrees: Worktrees; objects: Objects; baseFiles: BaseFiles; trees: Trees };

/** Trees of the base and of a change, for what is made of them on this machine. */
export type Trees = {
  list(
    at: ChangeAddress,
    tree: ObjectId,
    isWanted: (path: string) => boolean,
  ): Promise<{ path: string; id: string }[]>;
  /** Puts the files of a tree into a directory that is not there yet. */
  checkOut(at: ChangeAddress, to: { tree: ObjectId; directory: string }): Promise<Exported>;
};

/** Opens git on this machine: mirrors, worktrees and the objects of changes, all below one directory. */
export function openWorktrees(options: WorktreesOptions): Git {
  const directory = resolve(options.directory);
  const { sandbox, artefacts, remote, redact, log } = options;
  const retrying = (repository: Repository, why: string) =>
    log.warn({ repository: repository.id, why }, "The mirror is fetched anew.");
  const mirrors = openMirrors({ directory, remote, retrying });
  const submodules = openSubmodules(directory, options.submodules ?? { hosts: [], reach: () => ({}) });
  const pathsOf = (key: string) => attemptPaths(directory, key);
  const inTurn = inTurns<string>();
  const shared = { sandbox, artefacts, mirrors, submodules };

  const placeOf = async (at: ChangeAddress): Promise<AttemptPlace> => {
    const paths = pathsOf(at.key);
    const objects = await mirrors.objects(at.repository, at.change.base);
    const gitDir = await inTurn(at.key, () => findChangeRepository({ paths, objects, artefacts }, at.change));
    return { paths, objects, gitDir };
  };

  /** The base's own tree is in the mirror, whether or not there is a change yet. */
  const treePlaceOf = async (at: ChangeAddress, tree: ObjectId) => {
    if (tree !== at.change.base.tree) return placeOf(at);
    const objects = await mirrors.objects(at.repository, at.change.base);
    return { objects, gitDir: dirname(objects) };
  };

  const orderOf = ordering(treePlaceOf, submodules);
  return {
    worktrees: {
      fetch: mirrors.fetch,
      submodules: async (repository, base) => {
        const gitDir = dirname(await mirrors.objects(repository, base));
        const at = { gitDir, tree: base.tree };
        return submodules.fetch(repository, { at, from: await remote(repository) });
      },
      open: (order) => inTurn(order.key, () => openWorktree({ ...order, paths: pathsOf(order.key) }, shared)),
      capture: (order) => inTurn(order.key, () => capture({ ...order, paths: pathsOf(order.key) }, shared)),
      export: ({ tree, elsewhere, ...at }) =>
        onMirror(mirrors, at.repository, {
          base: at.change.base,
          act: async () => {
            const place = placeOfCheckout(pathsOf(at.key), elsewhere);
            return exportTree({ ...place, ...(await orderOf(at, tree)) });
          },
        }),
      close: (key) => inTurn(key, () => closePlaces(pathsOf(key))),
    },
    objects: objectsOf(placeOf, { inTurn, artefacts, redact }),
    baseFiles: baseFilesOf(mirrors),
    trees: {
      list: listing(treePlaceOf, submodules),
      checkOut: async (at, { tree, directory }) => checkOutTree({ directory, ...(await orderOf(at, tree)) }),
    },
  };
}

function placeOfCheckout(paths: AttemptPaths, elsewhere = false): { root: string; inner?: string } {
  return elsewhere ? { root: paths.elsewhere, inner: "checkout" } : { root: paths.root };
}

async function closePlaces({ root, elsewhere }: AttemptPaths): Promise<void> {
  await removeTree(elsewhere);
  await removeTree(root);
}

type TreePlaceOf = (at: ChangeAddress, tree: ObjectId) => Promise<Pick<AttemptPlace, "objects" | "gitDir">>;

/** All that a checkout of a tree is made of. */
function ordering(
  treePlaceOf: TreePlaceOf,
  submodules: Submodules,
): (at: ChangeAddress, tree: ObjectId) => Promise<ExportOrder> {
  return async ({ repository, ...at }, tree) => {
    const { objects, gitDir } = await treePlaceOf({ repository, ...at }, tree);
    const { base } = at.change;
    const alternates = [...new Set([`${gitDir}/objects`, objects])];
    const placed = await submodules.within(repository, { at: { gitDir, tree }, base });
    return { base, mirror: dirname(objects), alternates, submodules: placed, tree };
  };
}

/** A submodule counts as a file whose id is its commit: whoever asks for what a result depends on needs it. */
function listing(treePlaceOf: TreePlaceOf, submodules: Submodules): Trees["list"] {
  return async ({ repository, change, key }, tree, isWanted) => {
    const at = { gitDir: (await treePlaceOf({ repository, change, key }, tree)).gitDir, tree };
    const placed = await submodules.within(repository, { at, base: change.base });
    return [...(await listFiles(at, isWanted)), ...placed.map(({ path, commit: id }) => ({ path, id }))];
  };
}

type AttemptPlace = { paths: AttemptPaths; objects: string; gitDir: string };

function objectsOf(
  placeOf: (at: ChangeAddress) => Promise<AttemptPlace>,
  { inTurn, artefacts, redact }: Pick<WorktreesOptions, "artefacts" | "redact"> & { inTurn: InTurn<string> },
): Objects {
  return {
    blob: async (at, id) => readBlob((await placeOf(at)).gitDir, id),
    compare: async (at, trees) => compareTrees({ gitDir: (await placeOf(at)).gitDir, ...trees }),
    compose: async (at, parts) => {
      const { gitDir, paths } = await placeOf(at);
      return inTurn(at.key, () => composeTree({ gitDir, index: `${paths.root}/compose.index` }, parts));
    },
    edit: async (at, order) => {
      const { gitDir, paths } = await placeOf(at);
      return inTurn(at.key, () => editTree({ gitDir, index: `${paths.root}/edit.index` }, order));
    },
    list: async (at, tree, isWanted) => listFiles({ gitDir: (await placeOf(at)).gitDir, tree }, isWanted),
    merge: async (at, order) => {
      const place = await placeOf(at);
      return inTurn(at.key, () => mergeChange({ ...order, change: at.change, place }, artefacts));
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
type WorktreeCapture = Parameters<Worktrees["capture"]>[0] & { paths: AttemptPaths };

async function openWorktree(
  { repository, base, paths, notes, excluded, left: change }: OpenOrder,
  { artefacts, mirrors, submodules }: CaptureParts,
): Promise<Worktree> {
  const objects = await mirrors.objects(repository, base);
  const worktree = { directory: paths.work, home: paths.home, readable: [objects] };
  const made = await findWorktree(paths);
  if (made && hasLeft(made, change)) return worktree;
  const at = { gitDir: dirname(objects), tree: base.tree };
  const placed = await submodules.within(repository, { at, base });
  const left = change && { change, lay: () => layChange({ paths, objects, artefacts }, change) };
  const act = () => makeWorktree({ paths, base, objects, notes, excluded, left, submodules: placed });
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
  { repository, base, paths, pack, key }: WorktreeCapture,
  { sandbox, artefacts, mirrors, submodules }: CaptureParts,
): Promise<Change> {
  const made = await findWorktree(paths);
  if (!made) throw new Failure("bug", `there is no worktree of ${key} to be captured`);
  const objects = await mirrors.objects(repository, base);
  const { tree, trouble } = await captureTree({ paths, base, objects, excluded: made.excluded, sandbox });
  const refused = await makeChangeRepository({ paths, objects }, { name: pack, tree, file: paths.pack });
  const gitDir = paths.change;
  const { files, reasons } = await surveyFiles({ gitDir, before: base.tree, after: tree });
  const placed = await submodules.within(repository, { at: { gitDir, tree }, base });
  const inSubmodules = await submoduleEdits(placed, { paths, base, excluded: made.excluded, sandbox });
  await artefacts.adopt(pack, paths.pack);
  const change = {
    ...{ base, tree, files: plainFiles(files), unpublishable: [...trouble, ...refused, ...reasons], pack },
    ...(inSubmodules.length > 0 && { inSubmodules }),
  };
  await noteLeft(paths, made, change);
  return change;
}

type CaptureParts = { sandbox: Sandbox; artefacts: Artefacts; mirrors: Mirrors; submodules: Submodules };

function baseFilesOf(mirrors: Mirrors): BaseFiles {
  const at = async (repository: Repository, base: Base) => ({
    gitDir: dirname(await mirrors.objects(repository, base)),
    tree: base.tree,
  });
  return {
    find: async (repository, base, paths) => findPathsInTree(await at(repository, base), paths),
    list: async (repository, base, folder) => listFolder(await at(repository, base), folder),
    read: async (repository, base, path) => readFromTree(await at(repository, base), path),
  };
}
