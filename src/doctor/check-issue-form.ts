import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok, warning } from "./finding.ts";
import { withRepository } from "./with-app.ts";

const folder = ".github/ISSUE_TEMPLATE";
const form = "agent-task.yml";

/** Whether people are offered the form by which a brief comes out whole. */
export async function checkIssueForm(ports: Pick<DoctorPorts, "repository">): Promise<DoctorFinding[]> {
  return withRepository(ports, async ({ list }) => {
    if ((await list(folder)).includes(form)) return [ok(`${folder}/${form}`)];
    return [
      warning(
        "there is no issue form, so people have to know what a brief needs",
        "In a clone: `npx drafthorse init`, then commit and push what it wrote.",
      ),
    ];
  });
}
