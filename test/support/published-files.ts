import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** A file of a published package, by what it is and what it must hash to. */
export type PublishedFile = { package: string; version: string; path: string; sha256: string };

/** How many npm processes fetch at the same time. */
const PARALLEL = 4;

const run = promisify(execFile);
/** Files are kept by their hash, outside of the repository: what lies here was verified when it was written. */
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "drafthorse", "published");

/** Reads files of published packages; what is not in the cache comes from the registry that npm is configured with. */
export async function readPublished(files: PublishedFile[]): Promise<Map<string, string>> {
  const missing = await asyncFilter(files, async ({ sha256 }) => !(await exists(join(cache, sha256))));
  const specs = [...new Set(missing.map((file) => `${file.package}@${file.version}`))];
  await mkdir(cache, { recursive: true });
  const share = Math.ceil(specs.length / PARALLEL);
  const shares = Array.from({ length: PARALLEL }, (_, at) => specs.slice(at * share, (at + 1) * share));
  await Promise.all(shares.map((each) => fetchPackages(each, missing)));
  const texts = files.map(
    async ({ sha256 }) => [sha256, await readFile(join(cache, sha256), "utf8")] as const,
  );
  return new Map(await Promise.all(texts));
}

async function fetchPackages(specs: string[], files: PublishedFile[]): Promise<void> {
  if (specs.length === 0) return;
  const directory = await mkdtemp(join(tmpdir(), "drafthorse-published-"));
  try {
    const packed = await pack(specs, directory);
    for (const { name, version, filename } of packed)
      await keep(
        join(directory, filename),
        files.filter((file) => file.package === name && file.version === version),
      );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function pack(
  specs: string[],
  directory: string,
): Promise<{ name: string; version: string; filename: string }[]> {
  try {
    const args = [
      "pack",
      "--json",
      "--silent",
      "--ignore-scripts",
      "--pack-destination",
      directory,
      ...specs,
    ];
    const { stdout } = await run("npm", args, { maxBuffer: 64 * 1024 * 1024 });
    const packed: { name: string; version: string; filename: string }[] = JSON.parse(stdout);
    return packed.map((each) => ({ ...each, filename: each.filename.replace("@", "").replace("/", "-") }));
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 1_000) : String(error);
    throw new Error(`The published packages of the corpus could not be fetched from npm's registry: ${why}`);
  }
}

async function keep(tarball: string, files: PublishedFile[]): Promise<void> {
  for (const { package: name, version, path, sha256 } of files) {
    const args = ["-xzOf", tarball, "--wildcards", "--no-wildcards-match-slash", `*/${path}`];
    const { stdout } = await run("tar", args, { encoding: "buffer", maxBuffer: 64 * 1024 * 1024 });
    const found = createHash("sha256").update(stdout).digest("hex");
    if (found !== sha256) throw new Error(`${name}@${version} ${path} hashes to ${found}, not ${sha256}`);
    const target = join(cache, sha256);
    await writeFile(`${target}.${process.pid}`, stdout);
    await rename(`${target}.${process.pid}`, target);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function asyncFilter<Value>(
  values: Value[],
  holds: (value: Value) => Promise<boolean>,
): Promise<Value[]> {
  const kept = await Promise.all(values.map(holds));
  return values.filter((_, index) => kept[index]);
}
