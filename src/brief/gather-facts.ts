import type { Base } from "../domain/change.ts";
import { baseBranch, type Policy } from "../domain/policy.ts";
import type { Repository } from "../domain/task.ts";
import type { BaseFiles, Worktrees } from "../ports/workshop.ts";
import type { Facts } from "./check-targets.ts";
import { namedTargets, type Target } from "./named-targets.ts";
import { parseBrief } from "./parse-brief.ts";
import { makeTargetsOf, scriptsOf } from "./read-manifests.ts";

/** What facts are gathered from: a repository that can be fetched, and the files of what was fetched. */
export type Ground = { worktrees: Pick<Worktrees, "fetch">; baseFiles: BaseFiles };

const makefiles = ["GNUmakefile", "makefile", "Makefile"];

/** Looks up at the base commit whatever the text's command names; a repository that cannot be fetched rejects. */
export async function gatherFacts(
  text: string,
  { repository, policy }: { repository: Repository; policy: Pick<Policy, "base"> },
  ground: Ground,
): Promise<Facts | { missing: string }> {
  const parsed = parseBrief(text);
  const given = "brief" in parsed ? parsed.brief : parsed.partial;
  const branch = baseBranch(given.base === undefined ? {} : { base: given.base }, { policy, repository });
  const base = await ground.worktrees.fetch(repository, branch);
  if (base === "missing") return { missing: branch };
  const targets = namedTargets(given.validation ?? "");
  return factsAt({ repository, base, targets }, ground.baseFiles);
}

type Order = { repository: Repository; base: Base; targets: Target[] };

async function factsAt({ repository, base, targets }: Order, baseFiles: BaseFiles): Promise<Facts> {
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

/** The files that must be there for a target to be. */
function pathsOf(target: Target): string[] {
  if (target.kind === "file") return [target.path];
  const { directory } = target;
  const inFolder = (name: string) => (directory === "" ? name : `${directory}/${name}`);
  if (target.kind === "script") return [inFolder("package.json")];
  return (target.file === undefined ? makefiles : [target.file]).map(inFolder);
}
