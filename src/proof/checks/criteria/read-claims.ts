/** What an agent names as evidence for one criterion: files, and what could be titles of tests. */
export type CriterionClaim = { files: string[]; titles: string[] };

/** Beyond this an agent's last words are no summary, in characters. */
const readCharacters = 64 * 1024;
/** More names than these for one criterion are a flood and no evidence. */
const most = { files: 8, titles: 16, nameCharacters: 300 };
/** Bounded in length, since a text may open a quote at every character and close none. */
const quotes = /`([^`\n]{1,300})`|"([^"\n]{1,300})"|“([^”\n]{1,300})”|'([^'\n]{1,300})'|‘([^’\n]{1,300})’/g;
/** A shorter title, or one of these, stands in every file. */
const fewestCharacters = 4;
const empty = new Set([
  "test",
  "tests",
  "describe",
  "expect",
  "assert",
  "passes",
  "passed",
  "pass",
  "file",
  "name",
]);

/**
 * Reads from an agent's summary which evidence it names for each criterion: whatever stands behind `AC-n`, up to the next
 * one. The text is nobody's instruction; all that is taken from it are names that are looked up afterwards.
 */
export function readClaims(summary: string): Map<string, CriterionClaim> {
  const claims = new Map<string, CriterionClaim>();
  const parts = summary.slice(-readCharacters).split(/\b(AC-\d{1,3})\b/i);
  for (let at = 1; at < parts.length; at += 2) {
    const id = (parts[at] ?? "").toUpperCase();
    claims.set(id, mergeClaims(claims.get(id), readClaim(parts[at + 1] ?? "")));
  }
  return claims;
}

function mergeClaims(known: CriterionClaim | undefined, found: CriterionClaim): CriterionClaim {
  return {
    files: [...new Set([...(known?.files ?? []), ...found.files])].slice(0, most.files),
    titles: [...new Set([...(known?.titles ?? []), ...found.titles])].slice(0, most.titles),
  };
}

/** What stands in quotes or code is a title or a file; bare words are a file only where they look like one. */
function readClaim(text: string): CriterionClaim {
  const quoted = [...text.matchAll(quotes)].map(
    (match) => match.slice(1).find((group) => group !== undefined) ?? "",
  );
  const words = text.split(/[\s,;()[\]<>`"“”]+/).filter(({ length }) => length <= most.nameCharacters);
  // `tests/test_a.py::test_b` names both at once, as pytest does.
  const nodes = [...quoted, ...words].map((word) => word.trim().split("::"));
  const names = nodes.flatMap(([file = ""]) => fileOf(file) ?? []);
  const titles = [
    ...quoted.filter((name) => fileOf(name.split("::")[0] ?? "") === undefined),
    ...nodes.flatMap(([, ...rest]) => rest),
  ];
  return {
    files: [...new Set(names)].slice(0, most.files),
    titles: titles.filter(isTitle).slice(0, most.titles),
  };
}

/** A word that could be a path, without the line that it may end in; nothing if it could be none. */
function fileOf(word: string): string | undefined {
  const path = word.replace(/^\.\//, "").replace(/(?:#L\d+(?:-L?\d+)?|:\d+(?:[:-]\d+)*)?[.:!?*_]*$/, "");
  const isPath = /^[^\s:*?"'<>|\\]+$/.test(path) && /[^./]\.[A-Za-z]\w{0,9}$|[^/]\/[^/]/.test(path);
  return isPath && path.length <= most.nameCharacters && !path.split("/").includes("..") ? path : undefined;
}

function isTitle(text: string): boolean {
  const title = text.trim();
  return (
    title.length >= fewestCharacters &&
    title.length <= most.nameCharacters &&
    /\p{L}/u.test(title) &&
    !empty.has(title.toLowerCase())
  );
}
