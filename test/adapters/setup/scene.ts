import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openDirectoryArtefacts } from "../../../src/adapters/artefacts/directory-artefacts.ts";
import { type Git, openWorktrees } from "../../../src/adapters/git/open-worktrees.ts";
import { egressSandbox } from "../../../src/adapters/proxy/egress-sandbox.ts";
import { noTrust } from "../../../src/adapters/proxy/open-trust.ts";
import { openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import { openSetups } from "../../../src/adapters/setup/open-setups.ts";
import { type Base, type Change, unchanged } from "../../../src/domain/evidence/change.ts";
import type { Exit } from "../../../src/domain/evidence/exit.ts";
import type { Setup } from "../../../src/domain/rules/repository-file.ts";
import type { Prepared, Setups } from "../../../src/ports/setups.ts";
import type { Artefacts } from "../../../src/ports/store.ts";
import type { Sandbox, Worktree } from "../../../src/ports/workshop.ts";
import { startServer, type TestServer } from "../../support/http-server.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { captured, makeOrigin, repository as octo, sh } from "../git/origin.ts";
import { runIn, shell } from "../sandbox/confined.ts";

/** A set-up's world: a repository, git, the sandbox with its ways out, and a registry that has one package. */
export type Scene = {
  git: Git;
  setups: Setups;
  artefacts: Artefacts;
  sandbox: Sandbox;
  registry: TestServer;
  /** The registry's name, under which it is on the list. */
  host: string;
  base: Base;
  origin: string;
  data: string;
};

/** Opens the scene; `kibibytes` bounds what is kept. */
export async function openScene(
  directory: string,
  options: { files: string; kibibytes?: number; id?: number },
): Promise<Scene> {
  mkdirSync(directory, { recursive: true });
  const origin = makeOrigin(directory, options.files);
  const registry = await openRegistry(directory);
  const host = `registry.test:${registry.port}`;
  const sandbox = egressSandbox(await openSandbox({ kind: "bwrap" }), {
    ...{ log: recordingLog(), rules: { private: [host], credentials: {} } },
    trust: noTrust,
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
  });
  const data = join(directory, "data");
  const artefacts = openDirectoryArtefacts(data);
  const remote = async () => ({ url: origin, local: true }) as const;
  const common = { directory: data, sandbox, artefacts, log: recordingLog() };
  const git = openWorktrees({ ...common, remote, redact: (text) => text });
  const { kibibytes } = options;
  const registries = {
    ...{ environment: { npm_config_registry: `http://${host}/` }, hosts: [host] },
    npmrc: "@acme:registry=https://npm.acme.test/\n",
  };
  const setups = openSetups({
    ...{ ...common, trees: git.trees, registries },
    ...(kibibytes !== undefined && { kibibytes }),
  });
  const base = await git.worktrees.fetch(octo, "main");
  if (base === "missing") throw new Error("main is missing");
  return { git, setups, artefacts, sandbox, registry, host, base, origin, data };
}

type Wish = { setup: Setup; change?: Change; key?: string; repositoryId?: number; signal?: AbortSignal };

/** Has a set-up prepared for the base, or for the tree of a change. */
export function prepare(scene: Scene, wish: Wish): Promise<Prepared> {
  const { base } = scene;
  const { setup, change = unchanged(base), key = "attempt-1", signal } = wish;
  const repository = { ...octo, id: wish.repositoryId ?? octo.id };
  return scene.setups.prepare(
    { repository, key, base, change, tree: change.tree, setup, log: `${key}/set-up.log` },
    signal ?? new AbortController().signal,
  );
}

/** A furnished worktree of an attempt, as the agent gets it. */
export async function furnishedWorktree(scene: Scene, wish: Wish): Promise<Worktree> {
  const prepared = ready(await prepare(scene, wish));
  const { key = "attempt-1" } = wish;
  const order = { repository: octo, base: scene.base, key, notes: {}, excluded: prepared.exclude };
  const worktree = await scene.git.worktrees.open(order);
  await prepared.furnish(worktree);
  return worktree;
}

/** A furnished clean checkout of a tree, as validation gets it. */
export async function furnishedCheckout(
  scene: Scene,
  wish: Wish,
): Promise<{ directory: string; home: string; programs: string[] }> {
  const { key = "attempt-1", change = unchanged(scene.base) } = wish;
  const prepared = ready(await prepare(scene, wish));
  const directory = join(scene.data, "checkouts", `${key}-${Math.random().toString(36).slice(2)}`);
  await scene.git.trees.checkOut({ repository: octo, change, key }, { tree: change.tree, directory });
  const place = { directory, home: `${directory}.home` };
  await prepared.furnish(place);
  return { ...place, programs: prepared.programs.map((path) => join(directory, path)) };
}

/** Runs a line in a furnished place, as an agent or a validation would. */
export function runAt(
  { sandbox, data }: Scene,
  place: { directory: string; home: string; readable?: string[]; programs?: string[] },
  line: string,
): Promise<Exit> {
  const { directory, home, readable = [], programs = [] } = place;
  const command = shell(line, {
    directory,
    readable,
    writable: [directory, home],
    environment: { HOME: home },
    ...{ installed: "first", programs },
  });
  return runIn(sandbox, command, { directory: data });
}

export function ready(prepared: Prepared): Extract<Prepared, { kind: "ready" }> {
  if (prepared.kind !== "ready")
    throw new Error(`it ended ${prepared.exit.endedBy}: ${prepared.exit.log.tail}`);
  return prepared;
}

/** What an attempt has changed. */
export function change(scene: Scene, key = "attempt-1"): Promise<Change> {
  const bench = { ...scene.git.worktrees };
  return captured({ worktrees: bench } as Parameters<typeof captured>[0], scene.base, key);
}

/** The packages of the registry: a library, and package managers that say their names and versions. */
const packages = [
  { name: "left-pad", version: "1.0.0", text: 'module.exports = "padded";' },
  { name: "pnpm", version: "9.1.0", bin: "pnpm" },
  { name: "yarn", version: "1.22.22", bin: "yarn" },
  { name: "@yarnpkg/cli-dist", version: "4.5.0", bin: "yarn" },
];

/** A registry for npm with a few packages; each manager writes what it was called with. */
export async function openRegistry(directory: string): Promise<TestServer> {
  const tarballs = new Map(packages.map((one) => [one.name, pack(join(directory, "registry"), one)]));
  return startServer((request, response) => {
    if (request.method === "POST") return response.writeHead(404).end();
    const path = decodeURIComponent(request.url ?? "").slice(1);
    const tarball = tarballs.get(path.replace(/\.tgz$/, ""));
    if (path.endsWith(".tgz")) return response.end(tarball);
    const { name, version, bin } = packages.find((one) => one.name === path) ?? {
      name: path,
      version: "1.0.0",
    };
    const dist = { tarball: `http://${request.headers.host}/${name}.tgz` };
    const about = { name, version, main: "index.js", dist, ...(bin && { bin: { [bin]: "index.js" } }) };
    const body = { name, "dist-tags": { latest: version }, versions: { [version]: about } };
    return response.setHeader("content-type", "application/json").end(JSON.stringify(body));
  });
}

function pack(
  root: string,
  { name, version, text, bin }: { name: string; version: string; text?: string; bin?: string },
) {
  const at = join(root, name);
  mkdirSync(join(at, "package"), { recursive: true });
  const manifest = { name, version, main: "index.js", ...(bin && { bin: { [bin]: "index.js" } }) };
  writeFileSync(join(at, "package/package.json"), JSON.stringify(manifest));
  const says = `#!/usr/bin/env node\nconsole.log("${bin} ${version}", ...process.argv.slice(2));`;
  writeFileSync(join(at, "package/index.js"), text ?? says);
  execFileSync("tar", ["-czf", "packed.tgz", "package"], { cwd: at });
  return readFileSync(join(at, "packed.tgz"));
}

export { sh };
