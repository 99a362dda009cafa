import type { Logger } from "pino";
import { Probot } from "probot";
import type { Config } from "../config.ts";
import type { Delivery } from "../domain/task/delivery.ts";
import type { Ports } from "../ports.ts";
import { app } from "./commands.ts";

/** Probot knows the App and its events; what it is handed was verified and stored before. */
export async function openProbot(
  config: Config,
  { ports, log }: { ports: Ports; log: Logger },
): Promise<(delivery: Delivery) => Promise<void>> {
  const { id, privateKey, webhookSecrets } = config.app;
  const probot = new Probot({
    appId: id,
    privateKey,
    secret: webhookSecrets[0] ?? "",
    baseUrl: config.github.apiUrl,
    log,
  });
  await probot.load((loaded) => app(loaded, ports));
  // The digest stands in for the delivery's id, which nobody signed.
  return ({ digest, event, body }) =>
    probot.receive({ id: digest, name: event as "issues", payload: JSON.parse(body) });
}
