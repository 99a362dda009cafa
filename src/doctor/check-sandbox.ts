import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts, OpenProbes, UntriedProbes } from "../ports/doctor.ts";
import { ok, skipped, startsNoAgent, warning, wrong } from "./finding.ts";

/** Whether anything gets out of the sandbox; the very probes that a start tries. */
export async function checkSandbox({
  sandbox,
  settings,
}: Pick<DoctorPorts, "sandbox" | "settings">): Promise<DoctorFinding[]> {
  if (settings.role === "web") return [skipped(startsNoAgent)];
  const exam = await sandbox();
  return exam.kind === "trouble" && settings.sandbox === "none"
    ? [unwalled(`No sandbox is possible here (${exam.why}), and SANDBOX=none says to work without`)]
    : [
        ...sandboxFindings(exam),
        ...(settings.sandbox === "none" ? [unwalled("SANDBOX=none works without it")] : []),
      ];
}

function sandboxFindings(exam: Awaited<ReturnType<DoctorPorts["sandbox"]>>): DoctorFinding[] {
  if (exam.kind === "trouble") return [wrong(`there is no sandbox: ${exam.why}`, exam.repair)];
  const { driver, count, open, untried } = exam;
  if (open.length + untried.length > 0) return [...open.map(opened), ...untried.map(undone)];
  return [ok(`${driver}; all ${count} probes are closed`)];
}

function unwalled(line: string): DoctorFinding {
  return warning(
    `${line}: agents can do what this user can, and every pull request says "not sandboxed"`,
    "Unset SANDBOX once the sandbox works.",
  );
}

function opened({ group, names, seen, means, repair }: OpenProbes): DoctorFinding {
  const [first = "", ...others] = names;
  const more = others.length > 0 ? `, and ${others.length} more of ${group}` : "";
  return wrong(`a probe got out (${group}): ${first} (${seen})${more}. It means that ${means}`, repair);
}

function undone({ names, why, repair }: UntriedProbes): DoctorFinding {
  const what = names.length === 1 ? `the probe ${names[0]}` : `${names.length} probes`;
  return wrong(`${what} could not be tried: ${why}`, repair);
}
