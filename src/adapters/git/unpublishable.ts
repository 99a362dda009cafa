import type { ObjectId } from "../../domain/evidence/change.ts";
import { longestPath } from "../../domain/paths/find-glob.ts";
import { leadsOut } from "../../domain/paths/leads-out.ts";
import type { RawFile } from "./changed-files.ts";

/** What GitHub takes as one blob. */
export const fileBytes = 40_000_000;
/** The longest target that Linux takes; a longer one is no link that anybody could check out. */
const targetBytes = 4095;

const submoduleMode = "160000";
const symlink = "120000";

type ReadBlob = (id: ObjectId) => Promise<Buffer>;

/** Why GitHub could not carry these files, or why nobody should check them out; one sentence each. */
export async function unpublishable(files: RawFile[], read: ReadBlob): Promise<string[]> {
  const reasons: string[] = [];
  for (const file of files) reasons.push(...(await reasonsAgainst(file, read)));
  return reasons;
}

/** The sentence about a file that is too large. */
export function tooLarge(path: string, bytes: number): string {
  return `${JSON.stringify(path)} has ${bytes} bytes; GitHub takes at most ${fileBytes}.`;
}

async function reasonsAgainst({ path, rawPath, after }: RawFile, read: ReadBlob): Promise<string[]> {
  const shown = JSON.stringify(path);
  if (!Buffer.from(path, "utf8").equals(rawPath)) return [`The path ${shown} is not UTF-8.`];
  if (path.length > longestPath)
    return [
      `A path has ${path.length} characters, more than every system can hold: it ends in ${JSON.stringify(path.slice(-80))}.`,
    ];
  if (!after) return [];
  if (after.mode === submoduleMode) return [`${shown} is a git repository of its own (a submodule).`];
  if (after.bytes > fileBytes) return [tooLarge(path, after.bytes)];
  if (after.mode !== symlink) return [];
  const leads = after.bytes > targetBytes || leadsOut(path, (await read(after.id)).toString("latin1"));
  return leads ? [`${shown} is a link that leads out of the repository.`] : [];
}
