import { pythonName, readRequirement } from "./python-requirement.ts";
import { type Marked, type PackageEntry, plainAddress, type Reading } from "./reading.ts";

const registryOption =
  /^(?:-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)(?:[=\s]\s*|(?=http))(?<url>\S+)/;

/** Reads a requirements file of pip. */
export function readRequirements(text: string): Reading {
  const entries: PackageEntry[] = [];
  const registries: Marked[] = [];
  for (const line of text.replace(/\\\r?\n/g, " ").split("\n")) {
    const plain = line.replace(/(?:^|\s)#.*$/, "").trim();
    const url = registryOption.exec(plain)?.groups?.url;
    if (url && !isPublic(url)) registries.push({ text: plainAddress(url), mark: url });
    const entry =
      plain.startsWith("-e") || plain.startsWith("--editable") ? editable(plain) : required(plain);
    if (entry) entries.push(entry);
  }
  return { entries, registries, scripts: [] };
}

function required(line: string): PackageEntry | undefined {
  if (line === "" || line.startsWith("-")) return undefined;
  const mark = line.split(/\s/)[0] ?? line;
  const hashes = [...line.matchAll(/--hash[=\s]\s*(?<hash>\S+)/g)].map((match) => match.groups?.hash ?? "");
  const words = line.replace(/\s--\S.*$/s, "");
  if (/^(?:git|hg|svn|bzr)\+|^(?:https?|file):|^\.{0,2}\//.test(words)) return addressed(words, mark);
  const entry = readRequirement(words);
  return (
    entry && {
      ...entry,
      ...(hashes.length > 0 && { hashes: new Map([["", hashes.sort().join(" ")]]) }),
      mark,
    }
  );
}

function editable(line: string): PackageEntry | undefined {
  const address = line.replace(/^(?:-e|--editable)[=\s]*/, "");
  return address === "" ? undefined : addressed(address, address);
}

/** A requirement without a name is known by what its address calls it. */
function addressed(address: string, mark: string): PackageEntry {
  const egg = /[#&]egg=(?<egg>[\w.-]+)/.exec(address)?.groups?.egg;
  const last = /(?<name>[^/@]+?)(?:\.git)?(?:@[^/]*)?(?:#.*)?\/?$/.exec(address.trim())?.groups?.name;
  return {
    name: pythonName(egg ?? last ?? address),
    version: "",
    source: plainAddress(address),
    direct: true,
    mark,
  };
}

/** Whether an index is the one that pip asks anyway. */
export function isPublic(url: string): boolean {
  return /^https:\/\/pypi\.org\/simple\/?$/.test(url);
}
