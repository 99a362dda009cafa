import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { PublishedPackage } from "./packages.ts";

/** One release and the release before it, as two trees of a repository. */
export type Step = { name: string; from: string; to: string; gitDir: string; before: string; after: string };

const cache = process.env.ALARMS_CACHE ?? join(homedir(), ".cache", "drafthorse-alarms");
/** A release of a new major may change all that it promised: it is no change that one issue asks for. */
const majorOf = (version: string): string => version.replace(/\..*/, "");

/** The steps of a package within each major, from the cache or, where it lacks a version, from the registry. */
export function stepsOf(published: PublishedPackage): Step[] {
  const { name } = published;
  const gitDir = join(cache, `${name.replace("/", "+")}.git`);
  if (!existsSync(gitDir)) execFileSync("git", ["init", "-q", "--bare", gitDir]);
  const versions = published.versions.split(" ");
  const known = new Set(git(gitDir, "tag", "--list").split("\n"));
  const missing = versions.filter((version) => !known.has(version));
  if (missing.length > 0) take(published, { gitDir, missing });
  return versions.slice(1).flatMap((to, index): Step[] => {
    const from = versions[index] ?? "";
    const [before = "", after = ""] = [from, to].map((version) => git(gitDir, "rev-parse", `${version}:`));
    return majorOf(from) === majorOf(to) ? [{ name, from, to, gitDir, before, after }] : [];
  });
}

function git(gitDir: string, ...args: string[]): string {
  return execFileSync("git", [`--git-dir=${gitDir}`, ...args], { encoding: "utf8" }).trim();
}

/** Writes each missing version as a tree, under a tag with the version's name. */
function take(
  { name, sources }: PublishedPackage,
  { gitDir, missing }: { gitDir: string; missing: string[] },
): void {
  const within = mkdtempSync(join(cache, "take-"));
  try {
    // One call for all: the client takes seconds to start.
    const wanted = missing.map((version) => `${name}@${version}`);
    execFileSync("npm", ["pack", "--silent", ...wanted], { cwd: within });
    for (const version of missing) {
      const file = `${name.replace(/^@/, "").replace("/", "-")}-${version}.tgz`;
      const place = join(within, version);
      mkdirSync(place);
      execFileSync("tar", ["xzf", join(within, file), "-C", place, "--strip-components=1"]);
      leave(place, sources);
      forgetVersion(join(place, "package.json"));
      const index = {
        env: { ...process.env, GIT_DIR: gitDir, GIT_WORK_TREE: place, GIT_INDEX_FILE: `${place}.index` },
      };
      execFileSync("git", ["add", "--all", "--force"], { ...index, cwd: place });
      const tree = execFileSync("git", ["write-tree"], { ...index, encoding: "utf8" }).trim();
      git(gitDir, "update-ref", `refs/tags/${version}`, tree);
    }
  } finally {
    rmSync(within, { recursive: true, force: true });
  }
}

/** A release moves its version; no change that one issue asks for does. */
function forgetVersion(manifest: string): void {
  const text = readFileSync(manifest, "utf8");
  writeFileSync(manifest, text.replace(/^(\s*"version":\s*)"[^"]*"/m, '$1"0.0.0"'));
}

/** Takes away what a build wrote. */
function leave(place: string, sources: string[] | undefined): void {
  const isBuilt = (name: string): boolean =>
    sources ? !sources.includes(name) && !name.includes(".json") : name === "dist" || name === "node_modules";
  for (const name of readdirSync(place))
    if (isBuilt(name)) rmSync(join(place, name), { recursive: true, force: true });
}
