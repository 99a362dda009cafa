import { type PackageEntry, plainAddress } from "./reading.ts";

/** The one name of a Python package, however it is written. */
export function pythonName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** Reads a requirement as PEP 508 writes it: a name, extras, a range or an address, a marker. */
export function readRequirement(text: string): Omit<PackageEntry, "mark"> | undefined {
  const { name, url, range } =
    /^\s*(?<name>[A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:@\s*(?<url>\S+)|\(?(?<range>[^;)]*)\)?)\s*(?:;.*)?$/s.exec(
      text.slice(0, 2_000),
    )?.groups ?? {};
  if (!name) return undefined;
  return {
    name: pythonName(name),
    version: (range ?? "").trim(),
    source: url && plainAddress(url),
    direct: true,
  };
}
