import { coerce, gte } from "semver";
import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok, wrong } from "./finding.ts";

/** The first version with `git merge-tree --write-tree`, by which a base that moved is merged. */
const oldest = "2.38.0";

const repair = `Install git ${oldest.replace(/\.0$/, "")} or newer by your package manager, as in \`apt-get install git\`.`;

/** Whether there is a git that can do what is asked of it. */
export async function checkGit({ git }: Pick<DoctorPorts, "git">): Promise<DoctorFinding[]> {
  const version = await git();
  if (version === undefined) return [wrong("git is not installed, or not in PATH", repair)];
  const read = coerce(version);
  if (read && gte(read, oldest)) return [ok(`git ${version}`)];
  return [wrong(`git ${version} is too old: it cannot merge in memory`, repair)];
}
