import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DataExam, DoctorPorts } from "../ports/doctor.ts";
import { ok, warning, wrong } from "./finding.ts";

const gibibyte = 1024 ** 3;

/** Below this not even a clone and its log can be relied on, in bytes. */
const least = gibibyte;

/** What one attempt may take: the usual `limits.diskGiB`, in bytes. */
const attempt = 10 * gibibyte;

/** Whether DATA_DIR can be written, has room for the work, and outlives the machine. */
export async function checkData({
  data,
  settings,
}: Pick<DoctorPorts, "data" | "settings">): Promise<DoctorFinding[]> {
  const exam = await data();
  const { directory, blocked, isInMemory } = exam;
  if (blocked !== undefined)
    return [
      wrong(
        `DATA_DIR: ${blocked}`,
        "Set DATA_DIR to a directory that this user may write, or give it to this user with `chown`.",
      ),
    ];
  const lost = `DATA_DIR ${directory} lies in memory: tasks and evidence are gone when the machine is`;
  return [
    ...(isInMemory ? [wrong(lost, "Set DATA_DIR to a directory on a disk, or on a volume.")] : []),
    judgeRoom(exam, settings.concurrency),
  ];
}

function judgeRoom({ directory, freeBytes }: DataExam, concurrency: number): DoctorFinding {
  const free = `${(freeBytes / gibibyte).toFixed(1)} GiB free at ${directory}`;
  const repair = `Make room, or set DATA_DIR to a disk with ${(concurrency * attempt) / gibibyte} GiB free; CONCURRENCY and \`limits.diskGiB\` lower that.`;
  if (freeBytes < least) return wrong(`only ${free}`, repair);
  if (freeBytes < concurrency * attempt)
    return warning(`${free}: ${concurrency} attempts at once may take up to 10 GiB each`, repair);
  return ok(free);
}
