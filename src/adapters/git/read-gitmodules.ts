import { isGitTrouble } from "./git-failure.ts";
import type { DeclaredSubmodule } from "./judge-submodule.ts";
import { runGit } from "./run-git.ts";
import { splitRecords } from "./split-records.ts";
import type { TreeAt } from "./tree-files.ts";

/** A longer `.gitmodules` is none that a person keeps, in bytes. */
const longest = 1024 * 1024;

/** A submodule of a tree: where the tree has a commit, and what its `.gitmodules` says of that path. */
export type Gitlink = DeclaredSubmodule & { commit: string };

/** Path → commit, for each path at which a tree has a commit of another repository. */
export async function gitlinksOf({ gitDir, tree }: TreeAt): Promise<Map<string, string>> {
  const listed = await runGit(["ls-tree", "-r", "-z", "--full-tree", tree], { at: { gitDir } });
  return new Map(
    splitRecords(listed).flatMap((record) => {
      const [facts = "", path = ""] = record.toString("utf8").split(/\t(.*)/s);
      const [mode, , id = ""] = facts.split(" ");
      return mode === "160000" ? [[path, id] as const] : [];
    }),
  );
}

/**
 * The submodules of a tree that its `.gitmodules` covers and does not switch off, by path. The file is read from the objects
 * by git's own parser, as data: no repository's configuration and no include is followed.
 */
export async function readGitmodules(at: TreeAt): Promise<Gitlink[]> {
  const links = await gitlinksOf(at);
  const blob = links.size > 0 ? await gitmodulesOf(at) : undefined;
  if (blob === undefined) return [];
  const declared = parseSections(await listGitmodules(at.gitDir, blob));
  return [...links].flatMap(([path, commit]) => {
    const found = declared.find((one) => one.path === path && one.update !== "none");
    return found ? [{ name: found.name, path, url: found.url ?? "", commit }] : [];
  });
}

/** A link in its place is not followed. */
async function gitmodulesOf({ gitDir, tree }: TreeAt): Promise<string | undefined> {
  const found = await runGit(["ls-tree", "-l", "--full-tree", tree, "--", ".gitmodules"], { at: { gitDir } });
  const [mode = "", , id, bytes] = found.toString("utf8").split(/\s+/);
  return mode.startsWith("100") && Number(bytes) <= longest ? id : undefined;
}

/** What git cannot read declares nothing. */
async function listGitmodules(gitDir: string, blob: string): Promise<string[]> {
  try {
    const argv = ["config", "--no-includes", "--blob", blob, "--list", "-z"];
    return splitRecords(await runGit(argv, { at: { gitDir } })).map((record) => record.toString("utf8"));
  } catch (thrown) {
    if (isGitTrouble(thrown, "bad config")) return [];
    throw thrown;
  }
}

type GitmodulesSection = { name: string; path?: string; url?: string; update?: string };

function parseSections(records: string[]): GitmodulesSection[] {
  const sections = new Map<string, GitmodulesSection>();
  for (const record of records) {
    const { name, key, value } =
      /^submodule\.(?<name>.*)\.(?<key>path|url|update)\n(?<value>.*)$/s.exec(record)?.groups ?? {};
    if (name === undefined || key === undefined) continue;
    sections.set(name, { ...(sections.get(name) ?? { name }), [key]: value ?? "" });
  }
  return [...sections.values()];
}
