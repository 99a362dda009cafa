import { readdirSync, statSync } from "node:fs";
import { ifThere } from "./if-there.ts";
import { pidsBelow } from "./measure-tree.ts";
import type { NamelessFile } from "./watch-disk.ts";

/** More processes than any bound allows are not asked. */
const processes = 4_096;

/** The files that a tree holds open and that no directory has any more, each of them once. */
export function namelessFiles(first: number): NamelessFile[] {
  const found = new Map<string, NamelessFile>();
  for (const pid of pidsBelow(first, processes))
    for (const path of openFiles(pid)) {
      // Through the link, which leads to the file itself and not to its name.
      const file = ifThere(() => statSync(path), undefined);
      if (file?.isFile() && file.nlink === 0)
        found.set(`${file.dev}:${file.ino}`, { device: file.dev, bytes: file.blocks * 512 });
    }
  return [...found.values()];
}

function openFiles(pid: number): string[] {
  const directory = `/proc/${pid}/fd`;
  return ifThere(() => readdirSync(directory), []).map((number) => `${directory}/${number}`);
}
