import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A real repository on this machine with one commit, made without anybody's settings; `git` runs in it. */
export function gitRepository(
  within: string,
  files: Record<string, string>,
): { directory: string; git: (...args: string[]) => string; write: (files: Record<string, string>) => void } {
  const directory = mkdtempSync(join(within, "repository-"));
  const env = { PATH: process.env.PATH, HOME: directory, GIT_CONFIG_NOSYSTEM: "1" };
  const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
  const git = (...args: string[]) =>
    execFileSync("git", [...identity, ...args], { cwd: directory, env, encoding: "utf8" }).trim();
  const write = (texts: Record<string, string>) => {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
  };
  git("init", "-q", "-b", "main");
  write(files);
  git("add", "-A");
  git("commit", "-q", "--allow-empty", "-m", "Begin");
  return { directory, git, write };
}
