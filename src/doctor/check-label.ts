import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import { repositoryName } from "../domain/task/repository-name.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok, wrong } from "./finding.ts";
import { withRepository } from "./with-app.ts";

/** Whether the label is there by which work is asked for. */
export async function checkLabel(ports: Pick<DoctorPorts, "repository">): Promise<DoctorFinding[]> {
  return withRepository(ports, async (examined) => {
    const { label } = (await examined.policies.read(examined.repository)).policy;
    if (await examined.hasLabel(label)) return [ok(label)];
    // A name that a shell would read as more than a name is left for the person to write.
    const named = /^[\w.-]+$/.test(label) ? label : "LABEL";
    return [
      wrong(
        `${repositoryName(examined.repository)} has no label ${label}`,
        `\`gh label create ${named} --repo ${repositoryName(examined.repository)} --description "Drafthorse works on it"\``,
      ),
    ];
  });
}
