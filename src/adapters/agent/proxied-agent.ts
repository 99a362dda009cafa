import { dirname } from "node:path";
import type { Prices } from "../../domain/evidence/model-usage.ts";
import type { NetworkProxies } from "../../domain/host/network-proxies.ts";
import type { ModelAccess } from "../../domain/rules/operator-file.ts";
import type { Agent, Sandbox } from "../../ports/workshop.ts";
import type { Log } from "../../ports.ts";
import { openModelProxy } from "../proxy/model-proxy.ts";
import type { Gauge, ModelUse } from "../proxy/model-use.ts";
import { relayingSandbox } from "../proxy/relay-command.ts";

/** The model of an agent as it is opened: the operator's entry, with the key itself in the place of its name. */
export type OpenedModel = ModelAccess & {
  prices: Prices;
  /** A preset's way of being told the address. */
  at?: (address: string) => Record<string, string>;
};

/** An agent's model, and what the way to it is opened with. */
type ModelPlace = {
  model: OpenedModel;
  sandbox: Sandbox;
  proxies?: NetworkProxies | undefined;
  log: Log;
};

/**
 * An agent that reaches its model over a proxy of ours, opened for each work and closed with it. The proxy counts the
 * turns, keeps the bounds on them and on the money, and says what the agent cost where that does not.
 */
export function proxiedAgent(
  { model, sandbox, proxies, log }: ModelPlace,
  open: (sandbox: Sandbox, gauge: Gauge) => Pick<Agent, "work">,
): Pick<Agent, "work"> {
  return {
    work: async (order, signal) => {
      // Beside the home and not in it: inside, the agent could put something else in its place.
      const directory = dirname(order.worktree.home);
      const budget = { budgetUsd: order.bounds.usd, mustMeasure: order.isMetered };
      const listeners: ((use: ModelUse) => void)[] = [];
      const onUse = (use: ModelUse): void => {
        order.spent?.(use.usd);
        for (const listener of listeners) listener(use);
      };
      const { turns } = order.bounds;
      const proxy = await openModelProxy({ ...model, ...budget, turns, directory, proxies, log, onUse });
      const gauge: Gauge = { onUse: (listener) => void listeners.push(listener) };
      try {
        const report = await open(relayingSandbox(sandbox, [proxy]), gauge).work(order, signal);
        const usage = proxy.usage();
        log.info({ ...usage }, "the model was asked");
        return { ...report, costUsd: report.costUsd ?? usage.costUsd, turns: usage.turns };
      } finally {
        await proxy.close();
      }
    },
  };
}
