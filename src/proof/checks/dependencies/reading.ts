/** Whose packages a file names. */
export type Ecosystem = "npm" | "pypi" | "cargo" | "go";

/** One package as a manifest or a lockfile has it. */
export type PackageEntry = {
  name: string;
  /** The version that a lockfile fixed, or the range that a manifest asks for. */
  version: string;
  /** Where it comes from, if that is not the ecosystem's public registry. */
  source?: string | undefined;
  /** Artefact → hash. */
  hashes?: Map<string, string>;
  runsScript?: boolean;
  direct: boolean;
  /** The names of the packages that it needs. */
  needs?: string[];
  /** What its place in the text begins with. */
  mark: string;
};

/** What a file says of dependencies; `registries` and `scripts` are settings and commands, each with its mark. */
export type Reading = {
  entries: PackageEntry[];
  registries: Marked[];
  scripts: Marked[];
};

/** A fact and what its place in the text begins with. */
export type Marked = { text: string; mark: string };

/** Reads one side of a file; whatever it throws means that the file cannot be read. */
export type Reader = (text: string) => Reading;

/** What an object of a foreign file holds at a key; nothing where it is no object. */
export function fieldsOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** The value below some keys of a foreign file; only what is the file's own is found. */
export function below(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, key)
        ? (at as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}

/** A foreign value if it is a text. */
export function textIn(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The texts of a foreign list. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** An address without the name and the password that may stand in it. */
export function plainAddress(url: string): string {
  return url.replace(/\/\/[^/@\s]{1,300}@/, "//").replace(/[?#].*$/s, "");
}
