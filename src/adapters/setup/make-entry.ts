import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Exit } from "../../domain/evidence/exit.ts";
import { type Registries, setupHosts } from "../../domain/host/registries.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { SetupOrder } from "../../domain/task/setup-order.ts";
import type { Artefacts } from "../../ports/store.ts";
import type { Sandbox } from "../../ports/workshop.ts";
import { runProgram } from "../../programs/run-program.ts";
import { removeTree } from "../git/remove-tree.ts";
import { writeWhole } from "../host/write-whole.ts";
import { confinedScript } from "./confined-script.ts";
import { findEntry, type KeptSetup, type SetupRecord, type TreeFile } from "./entry.ts";
import { findMade, type Listing, listTree, pathsToExclude } from "./find-made.ts";

/** What a set-up may take, and how long it may be silent. */
const mostMs = 30 * 60 * 1000;
const mostSilenceMs = 10 * 60 * 1000;
/** What it may take to tell the size of what it made: 59,000 files take 0.2 s. */
const measureMs = 5 * 60 * 1000;

/** What a set-up is made with; `checkOut` puts the files of its tree into a directory, and says what must be shown. */
export type Workbench = {
  registries: Registries;
  sandbox: Sandbox;
  artefacts: Artefacts;
  checkOut(directory: string): Promise<{ readable: string[] }>;
};

/** What is to be made, where it is kept, and from which earlier result the paths of `setup.cache` are taken. */
export type MakeOrder = {
  order: SetupOrder;
  manifests: TreeFile[];
  directory: string;
  shared: boolean;
  earlier: KeptSetup | undefined;
};

/**
 * Files and links that name the place where they were made, NUL after each. Without any, grep and find say so. Before, all
 * is made readable: who copies it may be another user than who made it.
 */
const findAnchored = `cd "$FROM" && chmod -R a+rX tree home || exit 1
grep -rlZIF -D skip -e "$ORIGIN" tree home 2>/dev/null
find tree home -type l -lname "$ORIGIN/*" -print0 2>/dev/null
exit 0`;

const restoreScript = `set -e
cd "$FROM/tree"
while IFS= read -r path; do
  [ -e "$path" ] && [ ! -e "$TO/$path" ] || continue
  mkdir -p -- "$TO/$(dirname -- "$path")" && cp -a --reflink=auto -- "$path" "$TO/$path"
done <<END
$PATHS
END`;

/**
 * Runs a set-up command on a checkout of its own and keeps what it made: what it changed of the tree itself is dropped.
 * Whoever is first keeps his; resolves to how the command ended where it did not end well.
 */
export async function makeEntry(
  bench: Workbench,
  make: MakeOrder,
  signal: AbortSignal,
): Promise<KeptSetup | Exit> {
  const origin = `${make.directory}.${randomBytes(4).toString("hex")}.new`;
  await mkdir(join(origin, "home"), { recursive: true });
  await chmod(origin, 0o755);
  try {
    const { readable } = await bench.checkOut(join(origin, "work"));
    const before = await listTree(join(origin, "work"));
    await restore(bench, make, origin);
    const exit = await runSetup(bench, { make, origin, readable }, signal);
    if (exit.endedBy !== "itself" || exit.exitCode !== 0) return exit;
    await keepMade(bench, { make, origin, before });
    await rename(origin, make.directory).catch(() => undefined);
    const entry = await findEntry(make.directory);
    if (!entry) throw new Error(`${make.directory} could not be kept`);
    return entry;
  } finally {
    await removeTree(origin);
  }
}

async function runSetup(
  { sandbox, artefacts, registries }: Workbench,
  { make, origin, readable }: { make: MakeOrder; origin: string; readable: string[] },
  signal: AbortSignal,
): Promise<Exit> {
  const { order, manifests } = make;
  const { run, env } = order.setup;
  const hosts = setupHosts(order.setup, {
    manifests: manifests.map(({ path }) => path),
    machine: registries,
  });
  const [directory, home, log] = [join(origin, "work"), join(origin, "home"), join(origin, "log")];
  if (registries.npmrc !== undefined) await writeFile(join(home, ".npmrc"), registries.npmrc);
  const exit = await sandbox.run(
    {
      command: {
        argv: ["sh", "-c", run],
        ...{ directory, writable: [directory, home], readable },
        environment: { CI: "true", ...registries.environment, ...env, HOME: home },
        installed: "first",
        network: hosts.length > 0 ? hosts : "none",
      },
      bounds: { totalMs: mostMs, silenceMs: mostSilenceMs },
      log,
    },
    signal,
  );
  await artefacts.adopt(order.log, log);
  return exit;
}

/** The first run after a change of the lockfile need not fetch everything anew. */
async function restore({ sandbox }: Workbench, { order, earlier }: MakeOrder, origin: string): Promise<void> {
  const paths = (order.setup.cache ?? []).map(pathBeforeWildcard).filter((path) => path !== "");
  if (!earlier || paths.length === 0) return;
  const [work, output] = [join(origin, "work"), join(origin, "restore.log")];
  const environment = { FROM: earlier.directory, TO: work, PATHS: paths.join("\n") };
  const place = { directory: work, readable: [earlier.directory], writable: [work], environment };
  await confinedScript(sandbox, { script: restoreScript, ...place, output });
  await rm(output, { force: true });
}

/** The path before the first wildcard, which holds all that the glob can mean. */
function pathBeforeWildcard(glob: string): string {
  const literal = /^[^*?[{(]*/.exec(glob)?.[0] ?? "";
  return literal === glob ? glob : dirname(`${literal}x`).replace(/^\.$/, "");
}

async function keepMade(
  { sandbox }: Workbench,
  { make, origin, before }: { make: MakeOrder; origin: string; before: Listing },
): Promise<void> {
  const [work, tree, home] = [join(origin, "work"), join(origin, "tree"), join(origin, "home")];
  const made = await findMade(work, before);
  const exclude = await pathsToExclude(work, made);
  await mkdir(tree);
  for (const path of made) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await rename(join(work, path), join(tree, path));
  }
  await removeTree(work);
  await writeFile(join(origin, "paths"), made.map((path) => `${path}\0`).join(""));
  await chmod(join(origin, "paths"), 0o644);
  const shown = { directory: origin, readable: [], writable: [tree, home] };
  const environment = { FROM: origin, ORIGIN: origin };
  const output = join(origin, "anchored");
  await confinedScript(sandbox, { script: findAnchored, ...shown, environment, output });
  await chmod(output, 0o644);
  const about: SetupRecord = {
    ...{ version: 1, shared: make.shared, made, exclude, programs: findPrograms(tree, made), origin },
    kibibytes: await sizeOf(origin),
  };
  await writeWhole(join(origin, "made.json"), JSON.stringify(about));
}

/** Where a virtual environment of Python keeps its programs; PEP 405 tells one by its `pyvenv.cfg`. */
function findPrograms(tree: string, made: string[]): string[] {
  const found = made.filter((path) => existsSync(join(tree, path, "pyvenv.cfg")));
  return found.map((path) => join(path, "bin"));
}

async function sizeOf(directory: string): Promise<number> {
  const { stdout, problem } = await runProgram({
    ...{ file: "du", argv: ["-sk", "--", directory], directory: "/" },
    ...{ environment: { PATH: "/usr/bin:/bin" }, timeoutMs: measureMs, outputBytes: 1024 * 1024 },
  });
  if (problem) throw new Failure("storage", `The set-up's size cannot be told: ${problem}`);
  return Number.parseInt(Buffer.from(stdout).toString("utf8"), 10);
}
