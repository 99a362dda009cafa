import { lstat } from "node:fs/promises";
import { execa } from "execa";
import { Failure } from "../../domain/task/failure.ts";

const removalMs = 5 * 60 * 1000;

/**
 * Removes a directory that an agent may have filled. The system's own tools are used: they follow no link and go
 * deeper than the longest path that Node can name.
 */
export async function removeTree(directory: string): Promise<void> {
  if (await isAbsent(directory)) return;
  if (await succeeds("rm", ["-rf", "--", directory])) return;
  await succeeds("chmod", ["-R", "u+rwX", "--", directory]);
  if (!(await succeeds("rm", ["-rf", "--", directory])))
    throw new Failure("storage", `${directory} cannot be removed`);
}

function isAbsent(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === "ENOENT",
  );
}

async function succeeds(file: string, argv: string[]): Promise<boolean> {
  const env = { PATH: "/usr/bin:/bin" };
  const { failed } = await execa(file, argv, { env, extendEnv: false, timeout: removalMs, reject: false });
  return !failed;
}
