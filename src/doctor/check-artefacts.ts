import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok, wrong } from "./finding.ts";

/** Whether artefacts can be kept where the settings say; a start asks it the same. */
export async function checkArtefacts({
  artefacts,
}: Pick<DoctorPorts, "artefacts">): Promise<DoctorFinding[]> {
  const exam = await artefacts();
  if (exam.kind === "blocked") return [wrong(`${exam.place}: ${exam.why}`, exam.repair)];
  const where =
    exam.kind === "bucket"
      ? `${exam.place}: written, read and deleted`
      : `${exam.place}, for processes that share this directory`;
  return [ok(where)];
}
