import { constants } from "node:fs";
import { access, open, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, resolve, sep } from "node:path";
import { Failure } from "../../domain/task/failure.ts";

/** Where programs are looked for when the agent's environment names no `PATH`. */
export const usualPath = "/usr/local/bin:/usr/bin:/bin";

/** A program as it is started in a sandbox: links resolved, and the paths outside the system that it must read. */
export type Program = { argv: string[]; readable: string[] };

/** An agent's program that is not there. */
export class ProgramMissing extends Failure {
  readonly program: string;

  constructor(program: string, repair: `${":" | "."} ${string}`) {
    super("agent-unavailable", `The agent's program "${program}" was not found${repair}`);
    this.program = program;
  }
}

/** Finds an agent's program; rejects with an `agent-unavailable` failure that names what is missing. */
export async function locateProgram(argv: string[], searchPath = usualPath): Promise<Program> {
  const [name = "", ...rest] = argv;
  const found = await findExecutable(name, searchPath);
  if (found === null) throw new ProgramMissing(name, ": install it, or correct AGENT.");
  const words = [found, ...(await Promise.all(rest.map(resolveFile)))];
  return { argv: words, readable: await programPaths(words, searchPath) };
}

/** The least that must be readable for a command outside the system's own folders to run. */
export async function programPaths(argv: string[], searchPath = usualPath): Promise<string[]> {
  const files = await Promise.all(argv.filter(isAbsolute).map(fileAt));
  const paths = await Promise.all(
    files.filter((file) => file !== null).map((file) => pathsToRead(file, searchPath)),
  );
  return [...new Set(paths.flat())].filter(isOutsideSystem).sort();
}

/** The file of a program; null where there is none. */
export async function findExecutable(name: string, searchPath = usualPath): Promise<string | null> {
  const places = name.includes(sep)
    ? [resolve(name)]
    : searchPath.split(":").map((folder) => join(folder, name));
  const found = await Promise.all(places.map((place) => (name === "" ? null : executableAt(place))));
  return found.find((place) => place !== null) ?? null;
}

async function executableAt(path: string): Promise<string | null> {
  const file = await fileAt(path);
  if (file === null) return null;
  const runs = await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
  // A program of the system keeps its name: some, like busybox, are many programs told apart by it.
  return runs ? (isOutsideSystem(path) ? file : path) : null;
}

/** The real path of a file; null for anything else: a directory on a command line is not opened by naming it. */
async function fileAt(path: string): Promise<string | null> {
  try {
    const real = await realpath(path);
    return (await stat(real)).isFile() ? real : null;
  } catch {
    return null;
  }
}

async function resolveFile(word: string): Promise<string> {
  return isAbsolute(word) ? ((await fileAt(word)) ?? word) : word;
}

async function pathsToRead(file: string, searchPath: string): Promise<string[]> {
  const interpreter = await interpreterOf(file, searchPath);
  const isScript = interpreter.length > 0 || /\.[cm]?[jt]s$/.test(file);
  return isScript ? [...interpreter, ...(await packageOf(file))] : [file];
}

/** The program that a `#!` line names, past `env` if need be; nothing for a file without one. */
async function interpreterOf(file: string, searchPath: string): Promise<string[]> {
  const [first, ...rest] =
    /^#!\s*(.+)/
      .exec(await readInterpreterLine(file))?.[1]
      ?.trim()
      .split(/\s+/) ?? [];
  if (first === undefined) return [];
  const named =
    basename(first) === "env" ? rest.find((word) => !word.startsWith("-") && !word.includes("=")) : first;
  const found = await findExecutable(named ?? first, searchPath);
  return [(await fileAt(found ?? first)) ?? first];
}

async function readInterpreterLine(file: string): Promise<string> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return "";
  try {
    // The kernel reads no more than 256 bytes of a `#!` line either.
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(256), 0, 256, 0);
    return buffer.subarray(0, bytesRead).toString("latin1");
  } finally {
    await handle.close();
  }
}

/**
 * A script needs its package and what the package needs. Inside a `node_modules` that is the outermost one; elsewhere
 * its `package.json`, its `node_modules` and the top folder that holds it, for a root may hold secrets (`.env`).
 */
async function packageOf(file: string): Promise<string[]> {
  const inModules = file.indexOf(`${sep}node_modules${sep}`);
  if (inModules >= 0) return [file.slice(0, inModules + `${sep}node_modules`.length)];
  const root = await packageRoot(dirname(file));
  if (root === null) return [file];
  const top = file.slice(root.length + 1).split(sep)[0] ?? "";
  const modules = join(root, "node_modules");
  return [join(root, top), join(root, "package.json"), ...((await exists(modules)) ? [modules] : [])];
}

async function packageRoot(folder: string): Promise<string | null> {
  if (folder === dirname(folder)) return null;
  return (await fileAt(join(folder, "package.json"))) === null ? packageRoot(dirname(folder)) : folder;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function isOutsideSystem(path: string): boolean {
  return !/^\/(usr|bin|sbin|lib|lib64)\//.test(path);
}
