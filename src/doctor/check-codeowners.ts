import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok, warning } from "./finding.ts";
import { withRepository } from "./with-app.ts";

/** Whether GitHub reads CODEOWNERS without errors: by it a review is asked for. */
export async function checkCodeowners(ports: Pick<DoctorPorts, "repository">): Promise<DoctorFinding[]> {
  return withRepository(ports, async ({ codeowners }) => {
    const faults = await codeowners();
    if (faults === undefined) return [ok("there is none: briefs and rules name the reviewers")];
    if (faults.length === 0) return [ok("GitHub finds no error in it")];
    return faults.map(({ path, line, message }) =>
      warning(
        `${path}:${line}: ${message}`,
        `Correct line ${line} of ${path} on the default branch: GitHub skips it until then.`,
      ),
    );
  });
}
