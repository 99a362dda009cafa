import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { AppAccess, DoctorPorts } from "../ports/doctor.ts";
import { ok, skipped, wrong } from "./finding.ts";

/** Whether GitHub takes the App's id and key. */
export async function checkApp({ app }: Pick<DoctorPorts, "app">): Promise<DoctorFinding[]> {
  const access = await app();
  switch (access.kind) {
    case "absent":
      return [skipped(access.why)];
    case "known":
      return [ok(`GitHub knows it as ${access.app.slug} (id ${access.app.id})`)];
    case "refused":
      return [refusedAccess(access)];
  }
}

function refusedAccess({ status, why }: Extract<AppAccess, { kind: "refused" }>): DoctorFinding {
  if (status === 404)
    return wrong(
      "GitHub knows no App with this id",
      "Set APP_ID to the number under `App ID` on the App's settings page.",
    );
  if (status === 401)
    return wrong(
      `GitHub does not take the App's key: ${why}`,
      "Make a private key on the settings page of the App that APP_ID names, and set PRIVATE_KEY_PATH to the file; see `clock` too.",
    );
  return wrong(
    `GitHub could not be asked who the App is: ${why}`,
    "See `network`, then https://www.githubstatus.com, and run this again.",
  );
}
