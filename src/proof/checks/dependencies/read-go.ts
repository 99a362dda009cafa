import type { PackageEntry, Reading } from "./reading.ts";

/** Reads a go.mod: what is required, and what is replaced by something from elsewhere. */
export function readGoMod(text: string): Reading {
  const entries: PackageEntry[] = [];
  const open = { block: "" };
  for (const raw of text.split("\n")) {
    const [, code = "", remark = ""] = /^\s*(.*?)\s*(?:\/\/(.*))?$/s.exec(raw.slice(0, 2_000)) ?? [];
    const [word = "", ...rest] = code.split(/\s+/);
    if (code === ")") open.block = "";
    else if (rest.at(-1) === "(") open.block = word;
    else if (open.block) entries.push(...goEntry(open.block, [word, ...rest], remark));
    else entries.push(...goEntry(word, rest, remark));
  }
  return { entries, registries: [], scripts: [] };
}

function goEntry(verb: string, words: string[], remark: string): PackageEntry[] {
  const [name, version = ""] = words.map((word) => word.replace(/^"|"$/g, ""));
  if (!name) return [];
  if (verb === "require")
    return [{ name, version, direct: !/^\s*indirect\b/.test(remark), mark: `${name} ` }];
  const arrow = words.indexOf("=>");
  if (verb !== "replace" || arrow < 0) return [];
  const [by = "", at = ""] = words.slice(arrow + 1);
  return [{ name, version: at, source: `replaced by ${by}`, direct: true, mark: `${name} ` }];
}

/** Reads a go.sum: of each version the hash of its files and that of its go.mod. */
export function readGoSum(text: string): Reading {
  const versions = new Map<string, PackageEntry>();
  for (const line of text.split("\n")) {
    const [name, word, hash] = line.trim().split(/\s+/);
    if (!name || !word || !hash) continue;
    const version = word.replace(/\/go\.mod$/, "");
    const key = `${name} ${version}`;
    const entry = versions.get(key) ?? {
      name,
      version,
      hashes: new Map(),
      direct: false,
      mark: `${name} ${version}`,
    };
    entry.hashes?.set(word === version ? "files" : "go.mod", hash);
    versions.set(key, entry);
  }
  // A version of which only the go.mod is known was looked at and not taken.
  const entries = [...versions.values()];
  return { entries: entries.filter(({ hashes }) => hashes?.has("files")), registries: [], scripts: [] };
}
