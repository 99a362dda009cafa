import type { Base } from "../../domain/evidence/change.ts";
import type { Repository } from "../../domain/task/task.ts";
import type { Ports } from "../../ports.ts";
import { codeownersPaths, ownersOfPaths, parseCodeowners } from "./parse-codeowners.ts";

/** GitHub asks no more people than this for one review. */
const mostOwners = 15;

/** The owners of some paths by the CODEOWNERS of the base, as GitHub reads it; none where there is no such file. */
export async function readCodeowners(
  { repository, base, paths }: { repository: Repository; base: Base; paths: string[] },
  { baseFiles }: Pick<Ports, "baseFiles">,
): Promise<string[]> {
  for (const path of codeownersPaths) {
    const text = await baseFiles.read(repository, base, path);
    if (text !== undefined) return ownersOfPaths(parseCodeowners(text), paths).slice(0, mostOwners);
  }
  return [];
}
