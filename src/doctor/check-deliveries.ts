import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts } from "../ports/doctor.ts";
import type { DeliveryTry } from "../ports/github.ts";
import { ok, skipped, wrong } from "./finding.ts";
import { withApp } from "./with-app.ts";

const first = "Install the App on a repository, or open an issue in one: GitHub then delivers something.";

/** Whether the last delivery arrived; where a ping is allowed, it is asked for again and what comes of that counts. */
export async function checkDeliveries(ports: Pick<DoctorPorts, "app" | "mayPing">): Promise<DoctorFinding[]> {
  return withApp(ports, async ({ app, registration }) => {
    const tries = await registration.deliveries();
    const [newest] = tries;
    if (!newest) return [skipped("GitHub has delivered nothing yet", first)];
    const page = `${app.page}/advanced`;
    const pinged = ports.mayPing ? await registration.ping(newest) : newest;
    if (!pinged)
      return [wrong("the delivery that was asked for again did not end in time", `Look at it at ${page}.`)];
    return [judgeNewest(pinged, { page, tries, isPing: ports.mayPing })];
  });
}

type Told = { page: string; tries: DeliveryTry[]; isPing: boolean };

function judgeNewest(newest: DeliveryTry, { page, tries, isPing }: Told): DoctorFinding {
  const what = `the ${isPing ? "delivery that was asked for again" : "last delivery"} (${newest.event}, ${newest.at})`;
  if (wasAccepted(newest)) return ok(`${what} arrived${olderFailures(tries)}`);
  const line = `${what} ${fateOf(newest.status)}`;
  return wrong(
    line,
    `${deliveryRepair(newest.status)} Then \`drafthorse doctor --ping\`, or \`Redeliver\` at ${page}.`,
  );
}

function olderFailures(tries: DeliveryTry[]): string {
  const failed = tries.filter((one) => !wasAccepted(one)).length;
  return failed === 0 ? "" : `; ${failed} of the last ${tries.length} tries before it failed`;
}

function wasAccepted({ status }: DeliveryTry): boolean {
  return status >= 200 && status < 300;
}

/** GitHub writes 0, 502 or 504 where nobody answered. */
function isUnanswered(status: number): boolean {
  return status === 0 || status === 502 || status === 504;
}

function fateOf(status: number): string {
  if (isUnanswered(status)) return `reached nobody (${status || "no answer"})`;
  if (status === 401) return "was refused: its signature was made with another secret (401)";
  if (status === 404) return "found nobody at its path (404)";
  return `was answered with ${status}`;
}

function deliveryRepair(status: number): string {
  if (isUnanswered(status))
    return "Start Drafthorse, and let GitHub reach it at the webhook URL: DNS, firewall, reverse proxy, TLS.";
  if (status === 401) return "Set the same secret here (WEBHOOK_SECRET) and at the App's settings page.";
  if (status === 404)
    return "End the webhook URL in /api/github/webhooks, and let the reverse proxy keep the path.";
  if (status === 503) return "Look at `store`: a delivery that cannot be stored is answered with 503.";
  return "Look at the log of the service at that time, and at what the reverse proxy answers.";
}
