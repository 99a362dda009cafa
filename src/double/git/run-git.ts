import { execa } from "execa";

/** Nothing of the developer's own git configuration or of a surrounding hook may reach the double. */
export const isolation = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  LC_ALL: "C",
};

/** What a git command may be given beside its arguments. */
export type GitOptions = { input?: string | Uint8Array; env?: Record<string, string> };

/** Runs git on a bare repository and returns what it printed, or undefined if it failed. */
export async function tryGit(
  directory: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string | undefined> {
  const result = await execa("git", [...args], {
    cwd: directory,
    env: { ...isolation, ...options.env },
    input: options.input ?? "",
    reject: false,
  });
  return result.failed ? undefined : result.stdout;
}

/** Runs git on a bare repository and returns what it printed, without the last newline. */
export async function git(
  directory: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  const { stdout } = await execa("git", [...args], {
    cwd: directory,
    env: { ...isolation, ...options.env },
    input: options.input ?? "",
  });
  return stdout;
}

/** Runs git on a bare repository and returns the very bytes that it printed. */
export async function gitBytes(directory: string, args: readonly string[]): Promise<Uint8Array> {
  const { stdout } = await execa("git", [...args], {
    cwd: directory,
    env: isolation,
    input: "",
    encoding: "buffer",
    stripFinalNewline: false,
  });
  return stdout;
}
