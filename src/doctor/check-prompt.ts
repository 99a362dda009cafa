import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok, skipped, startsNoAgent, wrong } from "./finding.ts";

/** Whether each agent that usually works answers one real prompt, on the road of an attempt. */
export async function checkPrompt({
  prompt,
  settings,
}: Pick<DoctorPorts, "prompt" | "settings">): Promise<DoctorFinding[]> {
  if (settings.role === "web") return [skipped(startsNoAgent)];
  if (settings.agents.length === 0) return [skipped("no agent is configured")];
  const exams = await prompt();
  if (exams === null)
    return [skipped("no agent was prompted, since that costs money", "`npx drafthorse doctor --prompt`")];
  return exams.map((exam) =>
    "line" in exam
      ? ok(`${exam.name}: ${exam.line}`)
      : wrong(
          `${exam.name}: ${exam.why}`,
          "See that its log-in and its account are good, by hand and as the user of the service, then run this again.",
        ),
  );
}
