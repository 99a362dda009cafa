import type { Logger } from "pino";
import { startDispatcher } from "../adapters/host/dispatcher.ts";
import { answerInTurn } from "../adapters/webhook/answer-in-turn.ts";
import { answerKeys } from "../adapters/webhook/answer-keys.ts";
import { startIngress } from "../adapters/webhook/start-ingress.ts";
import type { Config } from "../config.ts";
import { lookAgain } from "../pipeline/look-again.ts";
import { type RecoveryPorts, recoverDeliveries } from "../pipeline/recover-deliveries.ts";
import { type LabelPorts, recoverLabels } from "../pipeline/recover-labels.ts";
import { schedule } from "../pipeline/schedule.ts";
import { composeDashboard, type DashboardGiven } from "./dashboard.ts";
import type { OpenedOperations } from "./open-operations.ts";
import { openProbot } from "./open-probot.ts";

/** How often held tasks are judged again: for a network that works again, a push or a rule of GitHub's that we were not told of. */
const lookAgainMs = {
  repository: 15_000,
  configuration: 5 * 60_000,
  protection: 5 * 60_000,
  duplicate: 5 * 60_000,
  draft: 5 * 60_000,
};

/** How often the issues that tasks depend on are asked for, in case nobody told us that one was closed. */
const dependenciesMs = 5 * 60_000;

/** How often deliveries that never arrived, and labels without a task, are looked for (SPEC section 4). */
const recoverMs = 5 * 60_000;

/** The web part, which listens at `url`; `dashboard` is where a person begins. */
export type Web = { url: string; dashboard: string; stop(): Promise<void> };

/** What the web part is made of; `tell` is told of people's tokens and of GitHub's answers to them. */
export type WebParts = {
  ports: LabelPorts & RecoveryPorts;
  log: Logger;
  operations: OpenedOperations;
  tell: Omit<DashboardGiven, "ports">;
};

/** Takes deliveries and answers pages; looks by itself at what no delivery tells of. */
export async function startWeb(config: Config, { ports, log, operations, tell }: WebParts): Promise<Web> {
  const dashboard = await composeDashboard(config, { ports, ...tell });
  const receive = await openProbot(config, { ports, log });
  const { inbox, clock, timer } = ports;
  const dispatcher = startDispatcher({ inbox, receive, timer, log });
  const ingress = await startIngress({
    ...config.server,
    secrets: config.app.webhookSecrets,
    inbox,
    clock,
    log,
    onStored: (delivery) => dispatcher.hand(delivery),
    onRefused: operations.refused,
    fallback: answerInTurn(operations.answer, answerInTurn(answerKeys(ports.signer, log), dashboard.answer)),
  });
  const look = (kind: keyof typeof lookAgainMs) =>
    timer.every(lookAgainMs[kind], () =>
      lookAgain(kind, ports).catch((err) => log.error({ err }, "held tasks could not be looked at")),
    );
  const passes = [recoverDeliveries(ports), recoverLabels(ports)];
  // What is delivered again needs no other way in, so that comes first.
  const recover = async (): Promise<void> => {
    for (const pass of passes) await pass();
  };
  void recover();
  const unlooks = [
    look("repository"),
    look("configuration"),
    look("protection"),
    look("duplicate"),
    look("draft"),
    timer.every(recoverMs, recover),
    timer.every(dependenciesMs, () =>
      schedule({ ...ports, policies: ports.policies.once() }, { look: true }),
    ),
  ];
  return {
    url: ingress.url,
    dashboard: dashboard.addressAt(ingress.url),
    stop: async () => {
      for (const unlook of unlooks) unlook();
      // A stream would keep the ingress open until its time to close is over.
      dashboard.close();
      await ingress.close();
      await dispatcher.stop();
    },
  };
}
