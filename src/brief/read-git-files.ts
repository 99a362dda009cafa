/** Longer lists than these are no list that a person keeps. */
const mostEntries = 1_000;

/** The paths of the submodules that a `.gitmodules` names. */
export function submodulesOf(gitmodules: string): string[] {
  const paths = gitmodules
    .split("\n")
    .flatMap((line) => /^\s*path\s*=\s*(?<path>.+?)\s*$/.exec(line)?.groups?.path ?? []);
  return paths.map((path) => path.replace(/^"(.*)"$/, "$1").replace(/\/+$/, "")).slice(0, mostEntries);
}

/** The globs of a `.gitattributes`, which lies in `folder`, whose files are kept in Git LFS. */
export function lfsGlobsOf(gitattributes: string, folder = ""): string[] {
  const lines = gitattributes
    .split("\n")
    .map(readPatternLine)
    .filter((line) => line !== undefined);
  const macros = new Set(
    lines.filter(isLfs).flatMap(({ pattern }) => /^\[attr\](?<name>\S+)$/.exec(pattern)?.groups?.name ?? []),
  );
  return lines
    .filter(
      (line) =>
        !line.pattern.startsWith("[attr]") && (isLfs(line) || line.words.some((word) => macros.has(word))),
    )
    .map(({ pattern }) => globOfPattern(pattern, folder))
    .slice(0, mostEntries);
}

type PatternLine = { pattern: string; words: string[] };

/** A pattern with blanks stands in quotes. */
function readPatternLine(text: string): PatternLine | undefined {
  const line = text.trim();
  if (line === "" || line.startsWith("#")) return undefined;
  const {
    quoted,
    bare,
    rest = "",
  } = /^(?:"(?<quoted>[^"]*)"|(?<bare>\S+))(?<rest>.*)$/s.exec(line)?.groups ?? {};
  const pattern = quoted ?? bare;
  return pattern === undefined ? undefined : { pattern, words: rest.split(/\s+/).filter(Boolean) };
}

function isLfs({ words }: PatternLine): boolean {
  return words.includes("filter=lfs");
}

/** A pattern without a slash means files of that name in every folder below. */
function globOfPattern(pattern: string, folder: string): string {
  const within = folder === "" ? "" : `${folder}/`;
  return pattern.includes("/") ? `${within}${pattern.replace(/^\/+/, "")}` : `${within}**/${pattern}`;
}
