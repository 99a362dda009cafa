import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import { judgeGrants } from "../domain/host/judge-grants.ts";
import type { DoctorPorts, InstallationFacts } from "../ports/doctor.ts";
import { ok, warning, wrong } from "./finding.ts";
import { withApp } from "./with-app.ts";

/** Whether the App is installed somewhere, and each owner has accepted what it asks for. */
export async function checkInstallations(
  ports: Pick<DoctorPorts, "app" | "manifest">,
): Promise<DoctorFinding[]> {
  return withApp(ports, async ({ app, registration }) => {
    const all = await registration.installations();
    if (all.length === 0)
      return [warning("the App is installed nowhere", `Install it at ${app.installPage}.`)];
    // What the App itself lacks is the finding of `permissions`.
    const lacking = judgeGrants(app.permissions, ports.manifest.permissions).missing;
    const asked = Object.fromEntries(
      Object.entries(ports.manifest.permissions).filter(
        ([name, level]) => !lacking.includes(`${name}: ${level}`),
      ),
    );
    const found = all.flatMap((one) => judgeInstallation(one, asked));
    return found.length > 0 ? found : [ok(`on ${all.map(({ account }) => account).join(", ")}`)];
  });
}

function judgeInstallation(
  { account, isSuspended, permissions, page }: InstallationFacts,
  asked: Readonly<Record<string, string>>,
): DoctorFinding[] {
  if (isSuspended)
    return [wrong(`the App is suspended on ${account}`, `An owner of ${account} lifts that at ${page}.`)];
  const { missing } = judgeGrants(permissions, asked);
  if (missing.length === 0) return [];
  return [
    wrong(
      `${account} has not accepted ${missing.join(", ")}`,
      `An owner of ${account} accepts it at ${page}/permissions/update.`,
    ),
  ];
}
