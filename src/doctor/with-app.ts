import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { AppAccess, DoctorPorts, ExaminedRepository } from "../ports/doctor.ts";
import { skipped } from "./finding.ts";

/** Why nothing more is asked of GitHub. */
const appUnknown = "GitHub did not say who the App is; see `app`";

/** The App, once GitHub knows it. */
export type KnownApp = Extract<AppAccess, { kind: "known" }>;

/** Looks at what only a registered App has; says why where there is none to look at. */
export async function withApp(
  { app }: Pick<DoctorPorts, "app">,
  look: (known: KnownApp) => Promise<DoctorFinding[]>,
): Promise<DoctorFinding[]> {
  const access = await app();
  if (access.kind === "known") return look(access);
  return [skipped(access.kind === "absent" ? access.why : appUnknown)];
}

/** Looks at what only a repository has that the App is installed on. */
export async function withRepository(
  { repository }: Pick<DoctorPorts, "repository">,
  look: (examined: ExaminedRepository) => Promise<DoctorFinding[]>,
): Promise<DoctorFinding[]> {
  const access = await repository();
  switch (access.kind) {
    case "known":
      return look(access.examined);
    case "unasked":
      return [skipped("no repository was named", "Name one by `--repo OWNER/NAME`.")];
    case "absent":
      return [skipped(access.why)];
    case "uninstalled":
      return [skipped(`the App is not installed on ${access.at}`)];
  }
}
