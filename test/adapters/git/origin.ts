import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openDirectoryArtefacts } from "../../../src/adapters/artefacts/directory-artefacts.ts";
import { openWorktrees } from "../../../src/adapters/git/open-worktrees.ts";
import type { Remote } from "../../../src/adapters/git/remote-access.ts";
import { openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import type { Base, Change } from "../../../src/domain/evidence/change.ts";
import type { Repository } from "../../../src/domain/task/task.ts";
import type { Artefacts } from "../../../src/ports/store.ts";
import type { Objects, Sandbox, Worktree, Worktrees } from "../../../src/ports/workshop.ts";

/** The environment of the tests' own git: the developer's settings have no part in it. */
const environment = {
  PATH: "/usr/local/bin:/usr/bin:/bin",
  HOME: "/nonexistent",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.test",
  GIT_COMMITTER_NAME: "A",
  GIT_COMMITTER_EMAIL: "a@example.test",
};

/** Runs git in a directory as its owner would. */
export function git(directory: string, ...argv: string[]): string {
  return execFileSync("git", argv, { cwd: directory, env: environment, encoding: "utf8" }).trimEnd();
}

/** Runs a shell line in a directory, with git for its owner. */
export function sh(directory: string, line: string): string {
  return execFileSync("sh", ["-ec", line], { cwd: directory, env: environment, encoding: "utf8" }).trimEnd();
}

/** The repository that the tests know. */
export const repository: Repository = {
  id: 1001,
  installationId: 7,
  owner: "octo",
  name: "demo",
  defaultBranch: "main",
};

/** Makes a repository with one commit on `main`, from a shell line that writes its files. */
export function makeOrigin(directory: string, line: string): string {
  const origin = join(directory, "origin");
  mkdirSync(origin, { recursive: true });
  git(origin, "init", "--quiet", "--initial-branch=main");
  sh(origin, line);
  git(origin, "add", "--all");
  git(origin, "commit", "--quiet", "--message=one");
  return origin;
}

/** Everything that a test of the git adapter works with. */
export type Bench = {
  directory: string;
  worktrees: Worktrees;
  objects: Objects;
  artefacts: Artefacts;
  sandbox: Sandbox;
  warnings: string[];
};

/** Opens the adapter over a data directory. */
export async function openBench(
  directory: string,
  remote: Remote,
  kind: Sandbox["kind"] = "bwrap",
): Promise<Bench> {
  const sandbox = await openSandbox({ kind });
  const artefacts = openDirectoryArtefacts(directory);
  const warnings: string[] = [];
  const log = { info: () => {}, warn: (_: object, text: string) => warnings.push(text), error: () => {} };
  const redact = (text: string) => text.replaceAll("hunter2-hunter2", "[redacted]");
  const opened = openWorktrees({ directory, sandbox, artefacts, redact, log, remote: async () => remote });
  return { directory, ...opened, artefacts, sandbox, warnings };
}

/** A worktree of `main` with the task file in it. */
export async function begin(bench: Bench, key: string): Promise<{ base: Base; worktree: Worktree }> {
  const base = await bench.worktrees.fetch(repository, "main");
  if (base === "missing") throw new Error("main is missing");
  const notes = { ".drafthorse/TASK.md": "the task" };
  return { base, worktree: await bench.worktrees.open({ repository, base, key, notes }) };
}

/** Captures what an attempt has left. */
export function captured(bench: Bench, base: Base, key: string): Promise<Change> {
  return bench.worktrees.capture({ repository, base, key, pack: `${key}/change.pack` });
}
