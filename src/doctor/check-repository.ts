import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import { repositoryName } from "../domain/task/repository-name.ts";
import type { DoctorPorts, ExaminedRepository } from "../ports/doctor.ts";
import { ok, wrong } from "./finding.ts";
import { withRepository } from "./with-app.ts";

/** Whether the App is installed on the repository, and work can be asked for there. */
export async function checkRepository(ports: Pick<DoctorPorts, "repository">): Promise<DoctorFinding[]> {
  const access = await ports.repository();
  if (access.kind === "uninstalled")
    return [
      wrong(
        `the App is not installed on ${access.at}, or there is no such repository`,
        `Install it at ${access.installPage}, on that repository.`,
      ),
    ];
  return withRepository(ports, async (examined) => judgeRepository(examined));
}

function judgeRepository(examined: ExaminedRepository): DoctorFinding[] {
  const at = repositoryName(examined.repository);
  const { isArchived, hasIssues, repository } = examined;
  if (isArchived) return [wrong(`${at} is archived: nobody can write to it`, `\`gh repo unarchive ${at}\``)];
  if (!hasIssues)
    return [
      wrong(`${at} has no issues: there is nothing to label`, `\`gh repo edit ${at} --enable-issues\``),
    ];
  return [ok(`${at}, work is merged into ${repository.defaultBranch}`)];
}
