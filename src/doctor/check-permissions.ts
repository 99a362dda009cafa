import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import { judgeGrants } from "../domain/host/judge-grants.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok, warning, wrong } from "./finding.ts";
import { withApp } from "./with-app.ts";

/** Whether the App asks its owners for what `app.yml` names, and for nothing that it does not need. */
export async function checkPermissions(
  ports: Pick<DoctorPorts, "app" | "manifest">,
): Promise<DoctorFinding[]> {
  return withApp(ports, async ({ app }) => {
    const { missing, unneeded } = judgeGrants(app.permissions, ports.manifest.permissions);
    const page = `${app.page}/permissions`;
    const found: DoctorFinding[] = [];
    if (missing.length > 0)
      found.push(
        wrong(
          `the App lacks ${missing.join(", ")}`,
          `Set ${missing.join(", ")} at ${page}, then accept it where the App is installed.`,
        ),
      );
    if (unneeded.length > 0)
      found.push(
        warning(
          `the App has what it does not need: ${unneeded.join(", ")}`,
          `Take it away at ${page}: whoever gets the App's key gets that too.`,
        ),
      );
    return found.length > 0 ? found : [ok(`as in app.yml: ${describeLevels(app.permissions)}`)];
  });
}

function describeLevels(permissions: Readonly<Record<string, string>>): string {
  const written = Object.entries(permissions).filter(([, level]) => level !== "read");
  return `${written.map(([name, level]) => `${name}: ${level}`).join(", ") || "nothing to write"}`;
}
