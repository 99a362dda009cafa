import type { DoctorFinding } from "../domain/host/doctor-report.ts";
import type { DoctorPorts, HookFacts } from "../ports/doctor.ts";
import { ok, warning, wrong } from "./finding.ts";
import { type KnownApp, withApp } from "./with-app.ts";

/** Where this server takes deliveries. */
const path = "/api/github/webhooks";

/** Only the machine itself reaches these. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether GitHub has an address, a secret and a form for deliveries that this server can take. */
export async function checkWebhook(ports: Pick<DoctorPorts, "app" | "settings">): Promise<DoctorFinding[]> {
  return withApp(ports, async ({ app, registration }) => {
    const hook = await registration.hook();
    const found = [
      ...judgeHookUrl(hook, { page: app.page, publicUrl: ports.settings.publicUrl }),
      ...judgeForm(hook, app),
    ];
    return found.length > 0 ? found : [ok(`${hook.url}, signed, as JSON`)];
  });
}

type WebhookPage = { page: string; publicUrl: string | undefined };

function judgeHookUrl(
  { url }: HookFacts,
  { page, publicUrl = "https://YOUR-HOST" }: WebhookPage,
): DoctorFinding[] {
  const wanted = `Set the webhook URL at ${page} to ${publicUrl}${path}.`;
  if (!URL.canParse(url)) return [wrong("GitHub has no address for deliveries", wanted)];
  const { hostname, host, pathname } = new URL(url);
  if (loopback.test(hostname) && !loopback.test(new URL(page).hostname))
    return [wrong(`GitHub delivers to ${host}, which is GitHub's own machine`, wanted)];
  // A channel of smee.io hands on to the right path by itself.
  const isChannel = hostname === "smee.io";
  if (!isChannel && pathname !== path)
    return [wrong(`GitHub delivers to ${url}; this server takes deliveries at ${path}`, wanted)];
  if (!isChannel && publicUrl !== "https://YOUR-HOST" && host !== new URL(publicUrl).host)
    return [warning(`GitHub delivers to ${host}, and PUBLIC_URL is ${publicUrl}`, wanted)];
  return [];
}

function judgeForm(hook: HookFacts, { page }: KnownApp["app"]): DoctorFinding[] {
  const found: DoctorFinding[] = [];
  if (!hook.hasSecret)
    found.push(
      wrong(
        "GitHub has no secret for deliveries, so none of them is signed and all are refused",
        `Set the webhook secret at ${page} to what WEBHOOK_SECRET is.`,
      ),
    );
  if (!hook.isJson)
    found.push(
      wrong(
        "GitHub delivers forms, not JSON",
        `Set the webhook's content type at ${page} to application/json.`,
      ),
    );
  if (!hook.checksTls)
    found.push(
      warning(
        "GitHub does not check this server's certificate",
        `Set \`SSL verification\` at ${page} to \`Enable\`.`,
      ),
    );
  return found;
}
