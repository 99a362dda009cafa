import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What `git init --bare` writes on a file system that knows modes and links, as all of Linux do. */
const settings = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n";

/**
 * Makes an empty bare repository that borrows objects from others; no hook or template comes with it. An attempt needs
 * six, and the start of a process takes longer than all that it would write. HEAD comes last: without it there is none.
 */
export async function bareRepository(directory: string, alternates: string[]): Promise<void> {
  const objects = join(directory, "objects");
  for (const folder of [objects, join(directory, "refs")]) await mkdir(folder, { recursive: true });
  await borrow(objects, alternates);
  await writeFile(join(directory, "config"), settings);
  await writeFile(join(directory, "HEAD"), "ref: refs/heads/main\n");
}

/** Lets a repository's objects directory borrow from others. */
export async function borrow(objects: string, alternates: string[]): Promise<void> {
  if (alternates.length === 0) return;
  await mkdir(join(objects, "info"), { recursive: true });
  await writeFile(join(objects, "info/alternates"), alternates.map((path) => `${path}\n`).join(""));
}
