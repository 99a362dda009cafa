import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runGit } from "./run-git.ts";

/** Makes an empty bare repository that borrows objects from others; no hook or template comes with it. */
export async function bareRepository(directory: string, alternates: string[]): Promise<void> {
  await mkdir(directory, { recursive: true });
  await runGit(["init", "--quiet", "--bare", "--template=", directory], { at: {} });
  await borrow(join(directory, "objects"), alternates);
}

/** Lets a repository's objects directory borrow from others. */
export async function borrow(objects: string, alternates: string[]): Promise<void> {
  if (alternates.length === 0) return;
  await mkdir(join(objects, "info"), { recursive: true });
  await writeFile(join(objects, "info/alternates"), alternates.map((path) => `${path}\n`).join(""));
}
