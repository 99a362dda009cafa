import { satisfies } from "semver";
import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { ok, wrong } from "./finding.ts";

/** Whether this Node.js is one that `package.json` allows. */
export async function checkNode({ node }: Pick<DoctorPorts, "node">): Promise<DoctorFinding[]> {
  const { version, wanted } = node;
  if (satisfies(version, wanted)) return [ok(`Node.js ${version}`)];
  return [
    wrong(
      `Node.js ${version} is not supported; it must be ${wanted}`,
      "Install Node.js 22 or newer, as in `nvm install 22`, and start Drafthorse with it.",
    ),
  ];
}
