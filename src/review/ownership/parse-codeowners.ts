import { globFinder } from "../../domain/paths/find-glob.ts";

/** Where GitHub looks for the file, the first that is there. */
export const codeownersPaths = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/** A line of the file: which paths it means, and whose they are, as logins and `org/team`; addresses name no login. */
export type CodeownersRule = { means(path: string): boolean; owners: string[] };

/**
 * Reads a CODEOWNERS file as GitHub does: the syntax of `.gitignore` without `!` and `[ ]`, whose lines GitHub skips. A
 * library would be dead (codeowners-utils, @snyk/github-codeowners: no release since 2022) or bring a command line.
 */
export function parseCodeowners(text: string): CodeownersRule[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const words = line.replace(/(^|\s)#.*$/, "").match(/(?:\\ |\S)+/g) ?? [];
    const [pattern, ...owners] = words.map((word) => word.replaceAll("\\ ", " "));
    if (pattern === undefined || /[![\]{}]/.test(pattern)) return [];
    const names = owners.filter((owner) => /^@[\w-]+(?:\/[\w.-]+)?$/.test(owner));
    return [{ means: matchOwned(pattern), owners: names.map((owner) => owner.slice(1)) }];
  });
}

/** The owners of some paths, each once: of each path those of the last line that means it. */
export function ownersOfPaths(rules: CodeownersRule[], paths: string[]): string[] {
  const found = paths.flatMap((path) => rules.findLast((rule) => rule.means(path))?.owners ?? []);
  return [...new Set(found)];
}

/** A pattern with a slash before its end begins at the root, any other anywhere. `docs/*` means no folder's content. */
function matchOwned(pattern: string): (path: string) => boolean {
  const bare = pattern.replace(/^\//, "");
  const isAnchored = pattern.replace(/\/$/, "").includes("/");
  const glob = `${isAnchored ? "" : "**/"}${bare}${bare.endsWith("/") ? "**" : ""}`;
  const find = globFinder([glob]);
  const isFlat = isAnchored && /(?:^|\/)\*$/.test(bare) && !bare.includes("**");
  const depth = bare.split("/").length;
  return (path) => find(path) !== undefined && (!isFlat || path.split("/").length === depth);
}
