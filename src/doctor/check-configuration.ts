import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import { repositoryFilePath } from "../domain/rules/repository-file.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok, wrong } from "./finding.ts";
import { withRepository } from "./with-app.ts";

/** Whether the rules of the repository can be used; while they cannot, its tasks wait. */
export async function checkConfiguration(ports: Pick<DoctorPorts, "repository">): Promise<DoctorFinding[]> {
  return withRepository(ports, async ({ repository, policies }) => {
    const { problems, policy } = await policies.read(repository);
    if (problems.length === 0)
      return [ok(`the rules of ${repositoryFilePath} and the defaults hold; the label is ${policy.label}`)];
    return problems.map(({ file, line, message, repair }) => wrong(`${file}:${line}: ${message}`, repair));
  });
}
