import { lstat } from "node:fs/promises";
import { Failure } from "../../domain/task/failure.ts";
import { runProgram } from "../../programs/run-program.ts";

const removalMs = 5 * 60 * 1000;
/** What `rm` may say of files that it cannot remove. */
const saidBytes = 8 * 1024 * 1024;

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
  const environment = { PATH: "/usr/bin:/bin" };
  const bounds = { timeoutMs: removalMs, outputBytes: saidBytes };
  const { problem } = await runProgram({ file, argv, directory: "/", environment, ...bounds });
  return problem === undefined;
}
