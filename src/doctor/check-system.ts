import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import { sandboxProblem } from "../domain/host/supported-system.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok, wrong } from "./finding.ts";

/** Whether this is a system on which agents can be walled in. */
export async function checkSystem({ system }: Pick<DoctorPorts, "system">): Promise<DoctorFinding[]> {
  const problem = sandboxProblem(system);
  if (problem === undefined) return [ok(`Linux on ${system.arch}`)];
  return [wrong(problem, "Run it in a Linux machine or container, on x64 or arm64.")];
}
