import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok, skipped, wrong } from "./finding.ts";

/** Whether `start` would take the settings. Each problem names its own repair as well. */
export async function checkSettings({ settings }: Pick<DoctorPorts, "settings">): Promise<DoctorFinding[]> {
  if (!settings.isSet)
    return [
      skipped(
        "the App is not registered yet: APP_ID and WEBHOOK_SECRET are not set",
        "`npx drafthorse start` opens the page that registers it; `npx drafthorse demo` and `run` need none.",
      ),
    ];
  if (settings.problems.length === 0) return [ok("`start` takes them")];
  return settings.problems.map((problem) =>
    wrong(problem, "Mend it in .env, or in the service's environment; .env.example says what each holds."),
  );
}
