import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { git } from "./run-git.ts";

/** As on GitHub: any commit that exists can be fetched, partial clones work, and nobody pushes pull request refs. */
const settings = `
[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
[receive]
	hideRefs = refs/pull
[http]
	receivepack = true
[gc]
	auto = 0
`;

/** Creates an empty bare repository, or a bare copy of another one. */
export async function createBare(directory: string, branch: string, copyOf?: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await (copyOf
    ? git(directory, ["clone", "--quiet", "--bare", "--no-hardlinks", copyOf, "."])
    : git(directory, ["init", "--quiet", "--bare", `--initial-branch=${branch}`, "."]));
  await appendFile(join(directory, "config"), settings);
}

/** The branch that HEAD of a bare repository names. */
export async function headBranch(directory: string): Promise<string> {
  return git(directory, ["symbolic-ref", "--short", "HEAD"]);
}
