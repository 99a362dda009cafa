import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok, wrong } from "./finding.ts";
import { nameOf, withRepository } from "./with-app.ts";

/** Whether the label is there by which work is asked for. */
export async function checkLabel(ports: Pick<DoctorPorts, "repository">): Promise<DoctorFinding[]> {
  return withRepository(ports, async (examined) => {
    const { label } = (await examined.policies.read(examined.repository)).policy;
    if (await examined.hasLabel(label)) return [ok(label)];
    // A name that a shell would read as more than a name is left for the person to write.
    const named = /^[\w.-]+$/.test(label) ? label : "LABEL";
    return [
      wrong(
        `${nameOf(examined)} has no label ${label}`,
        `\`gh label create ${named} --repo ${nameOf(examined)} --description "Drafthorse works on it"\``,
      ),
    ];
  });
}
