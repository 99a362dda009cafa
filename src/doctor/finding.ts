import type { DoctorFinding } from "../domain/host/doctor-report.ts";

/** All is well. */
export function ok(line: string): DoctorFinding {
  return { state: "ok", line };
}

/** It works, and a person should know. */
export function warning(line: string, repair: string): DoctorFinding {
  return { state: "warning", line, repair };
}

/** Something will not work until a person mends it. */
export function wrong(line: string, repair: string): DoctorFinding {
  return { state: "wrong", line, repair };
}

/** It was not looked at. */
export function skipped(line: string, repair?: string): DoctorFinding {
  return repair === undefined ? { state: "skipped", line } : { state: "skipped", line, repair };
}

/** Why nothing of an agent or its sandbox is looked at where a process only receives. */
export const startsNoAgent = "ROLE=web: this process starts no agent";
