import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import { noWays } from "./check-network.ts";
import { ok, skipped, wrong } from "./finding.ts";

/** GitHub refuses a token of an App whose end is more than 10 minutes ahead, of which 9.5 are used: in seconds. */
const most = 30;

/** Whether this machine's time is GitHub's: tokens and the age of deliveries depend on it. */
export async function checkClock({ ways }: Pick<DoctorPorts, "ways">): Promise<DoctorFinding[]> {
  const found = await ways();
  if (found.length === 0) return [skipped(noWays)];
  const aheadMs = found.find(({ name }) => name === "GitHub")?.aheadMs ?? null;
  if (aheadMs === null) return [skipped("GitHub did not tell the time")];
  const seconds = Math.round(aheadMs / 1_000);
  if (Math.abs(seconds) <= most) return [ok("the same as GitHub's, within half a minute")];
  return [
    wrong(
      `this machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead of" : "behind"} GitHub's`,
      "Let the machine keep time by itself: `timedatectl set-ntp true`.",
    ),
  ];
}
