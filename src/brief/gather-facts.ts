import type { Base } from "../domain/evidence/change.ts";
import { literalPart } from "../domain/paths/literal-part.ts";
import { baseBranch, type Policy } from "../domain/rules/policy.ts";
import { commandsOf } from "../domain/task/brief.ts";
import type { Repository } from "../domain/task/task.ts";
import type { BaseFiles, Worktrees } from "../ports/workshop.ts";
import type { TargetFacts } from "./command/check-targets.ts";
import { type NamedTarget, namedTargets } from "./command/named-targets.ts";
import { makeTargetsOf, scriptsOf } from "./command/read-manifests.ts";
import { parseOnce } from "./parse-once.ts";
import { lfsGlobsOf, submodulesOf } from "./read-git-files.ts";

/** Where facts come from: the fetch of a branch, and the files of the commit that was fetched. */
export type FactSources = { worktrees: Pick<Worktrees, "fetch">; baseFiles: BaseFiles };

/** At most so many folders are searched for a `.gitattributes`. */
const mostFolders = 200;

const makefiles = ["GNUmakefile", "makefile", "Makefile"];

/**
 * Looks up what a brief's command and scope name in the base commit: files, scripts, targets of make, submodules. `missing`
 * is a base branch that is not there. Rejects where the repository cannot be fetched.
 */
export async function gatherFacts(
  text: string,
  { repository, policy }: { repository: Repository; policy: Pick<Policy, "base"> },
  ground: FactSources,
): Promise<TargetFacts | { missing: string }> {
  const parsed = parseOnce(text);
  const given = "brief" in parsed ? parsed.brief : parsed.partial;
  const branch = baseBranch(given.base === undefined ? {} : { base: given.base }, { policy, repository });
  const base = await ground.worktrees.fetch(repository, branch);
  if (base === "missing") return { missing: branch };
  const targets = commandsOf(given.validation ?? "").flatMap(namedTargets);
  const order = { repository, base, targets, folders: foldersOf(given.scope ?? []) };
  return { ...(await factsAt(order, ground.baseFiles)), ...(await reachAt(order, ground.baseFiles)), base };
}

type FactsOrder = { repository: Repository; base: Base; targets: NamedTarget[]; folders: string[] };

async function factsAt(
  { repository, base, targets }: FactsOrder,
  baseFiles: BaseFiles,
): Promise<TargetFacts> {
  const wanted = [...targets.flatMap(pathsOf), "package.json", ...makefiles];
  const files = await baseFiles.find(repository, base, [...new Set(wanted)]);
  const read = async (path: string | undefined) =>
    path !== undefined && files.has(path) ? baseFiles.read(repository, base, path) : undefined;
  const manifest = await read("package.json");
  const makefile = await read(makefiles.find((name) => files.has(name)));
  const scripts = manifest === undefined ? undefined : scriptsOf(manifest);
  const makeTargets = makefile === undefined ? undefined : makeTargetsOf(makefile);
  return { files, ...(scripts && { scripts }), ...(makeTargets && { makeTargets }) };
}

/** What the base keeps outside of the repository: submodules that its tree really has, and files of Git LFS. */
async function reachAt(
  { repository, base, folders }: FactsOrder,
  baseFiles: BaseFiles,
): Promise<Partial<TargetFacts>> {
  const attributes = folders.map((folder) => inside(folder, ".gitattributes"));
  const there = await baseFiles.find(repository, base, [".gitmodules", ...attributes]);
  const read = async (path: string) => (there.has(path) ? baseFiles.read(repository, base, path) : undefined);
  const listed = submodulesOf((await read(".gitmodules")) ?? "");
  const present = listed.length > 0 ? await baseFiles.find(repository, base, listed) : new Set<string>();
  const submodules = listed.filter((path) => present.has(path));
  const lfs: string[] = [];
  for (const folder of folders)
    lfs.push(...lfsGlobsOf((await read(inside(folder, ".gitattributes"))) ?? "", folder));
  return { ...(submodules.length > 0 && { submodules }), ...(lfs.length > 0 && { lfs }) };
}

/** The root, and every folder on the way to what a scope names: each may have a `.gitattributes`. */
function foldersOf(scope: string[]): string[] {
  const ways = scope.flatMap((glob) => {
    const segments = literalPart(glob).split("/").filter(Boolean);
    return segments.map((_, at) => segments.slice(0, at + 1).join("/"));
  });
  return [...new Set(["", ...ways])].slice(0, mostFolders);
}

function inside(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** The files of which a target needs at least one. */
function pathsOf(target: NamedTarget): string[] {
  if (target.kind === "file") return [target.path];
  const { directory } = target;
  const inFolder = (name: string) => inside(directory, name);
  if (target.kind === "script") return [inFolder("package.json")];
  return (target.file === undefined ? makefiles : [target.file]).map(inFolder);
}
