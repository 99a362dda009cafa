import {
  type DoctorCheckName,
  type DoctorFinding,
  doctorCheckNames,
  type NamedFinding,
} from "../domain/host/doctor-report.ts";
import { Failure } from "../domain/task/failure.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { type DoctorCheck, type DoctorGroup, doctorChecks, doctorGroups } from "./checks.ts";
import { skipped, wrong } from "./finding.ts";

/** The findings of one group, once all its checks have ended. */
export type GroupFindings = { group: DoctorGroup; findings: NamedFinding[] };

/** Starts all checks of these names at once, and hands on the groups in their order; one that fails stops no other. */
export async function* runChecks(
  names: readonly DoctorCheckName[],
  ports: DoctorPorts,
): AsyncGenerator<GroupFindings> {
  const running = doctorCheckNames
    .filter((name) => names.includes(name))
    .map((name) => ({ name, check: doctorChecks[name] as DoctorCheck }))
    .map(({ name, check }) => ({ group: check.group, found: runCheck({ name, check }, ports) }));
  for (const group of doctorGroups) {
    const ofGroup = running.filter((one) => one.group === group);
    const findings = (await Promise.all(ofGroup.map(({ found }) => found))).flat();
    if (findings.length > 0) yield { group, findings };
  }
}

async function runCheck(
  { name, check }: { name: DoctorCheckName; check: DoctorCheck },
  ports: DoctorPorts,
): Promise<NamedFinding[]> {
  const findings = await check.look(ports).catch((thrown: unknown) => [failedFinding(thrown)]);
  return findings.map((finding) => ({ check: name, ...finding }));
}

/** What GitHub does not let the App see is the finding of `permissions`. */
function failedFinding(thrown: unknown): DoctorFinding {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  const kind = thrown instanceof Failure ? thrown.kind : "bug";
  if (kind === "permission") return skipped(why);
  const first = kind === "github" ? "See `network` and https://www.githubstatus.com" : "Mend that";
  return wrong(`this could not be looked at: ${why}`, `${first}, then run \`drafthorse doctor\` again.`);
}
