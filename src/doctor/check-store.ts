import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok } from "./finding.ts";

/** Whether the store can be reached, and keeps what it acknowledges; a start asks it the same. */
export async function checkStore({ store }: Pick<DoctorPorts, "store">): Promise<DoctorFinding[]> {
  const exam = await store();
  if (exam.kind === "blocked")
    return [{ state: "wrong", line: `${exam.engine}: ${exam.why}`, repair: exam.repair }];
  if (exam.faults.length === 0) return [ok(`${exam.engine}: ${exam.note}`)];
  return exam.faults.map(({ state, why, repair }) => ({ state, line: why, repair }));
}
