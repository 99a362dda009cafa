import { ObjectId } from "../../domain/evidence/change.ts";
import { runGit } from "./run-git.ts";

/** The content of one object. */
export function readBlob(gitDir: string, id: ObjectId): Promise<Buffer> {
  return runGit(["cat-file", "blob", ObjectId.parse(id)], { at: { gitDir } });
}
