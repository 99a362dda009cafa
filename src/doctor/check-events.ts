import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import { optionalEvents } from "../domain/host/judge-grants.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok, warning, wrong } from "./finding.ts";
import { withApp } from "./with-app.ts";

/** Whether GitHub tells the App of every event that `app.yml` names. */
export async function checkEvents(ports: Pick<DoctorPorts, "app" | "manifest">): Promise<DoctorFinding[]> {
  return withApp(ports, async ({ app }) => {
    const wanted = ports.manifest.events;
    const missing = wanted.filter((event) => !app.events.includes(event));
    const unneeded = app.events.filter((event) => ![...wanted, ...optionalEvents].includes(event));
    const page = `${app.page}/permissions`;
    const found: DoctorFinding[] = [];
    if (missing.length > 0)
      found.push(
        wrong(
          `the App is not subscribed to ${missing.join(", ")}`,
          `Tick ${missing.join(", ")} under \`Subscribe to events\` at ${page}.`,
        ),
      );
    if (unneeded.length > 0)
      found.push(
        warning(
          `the App hears of what it does not use: ${unneeded.join(", ")}`,
          `Untick ${unneeded.join(", ")} under \`Subscribe to events\` at ${page}.`,
        ),
      );
    return found.length > 0 ? found : [ok(`all ${wanted.length} of app.yml`)];
  });
}
