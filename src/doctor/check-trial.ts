import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok, skipped, warning, wrong } from "./finding.ts";

/** Whether set-up and a validation command run on the base, as an attempt would run them before its agent. */
export async function checkTrial({ trial }: Pick<DoctorPorts, "trial">): Promise<DoctorFinding[]> {
  const exam = await trial();
  if (exam === null)
    return [skipped("no command was tried", "`npx drafthorse doctor --repo OWNER/NAME --try 'npm test'`")];
  if ("why" in exam)
    return [
      wrong(
        exam.why,
        "Mend the set-up in .github/drafthorse.yml (`npx drafthorse init` guesses one), or the command.",
      ),
    ];
  if (exam.isGreen) return [ok(exam.line)];
  return [warning(exam.line, "Mend the base first: nobody can say by a red command that a change is good.")];
}
