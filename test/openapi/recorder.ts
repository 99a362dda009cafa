import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Double, type DoubleOptions, startDouble } from "../../src/double/start-double.ts";
import { checkDelivery } from "./check-delivery.ts";
import { checkExchange } from "./check-exchange.ts";
import { type Received, startReceiver } from "./webhook-receiver.ts";

/** A double whose every word is held against GitHub's published descriptions. */
export type CheckedDouble = Double & {
  /** What arrived at the receiver, unless the double sends its webhooks elsewhere. */
  received: Received[];
  /** All departures from GitHub's descriptions so far, once no delivery is in flight. */
  violations: () => Promise<string[]>;
  /** Forgets the departures of requests so far, for a test that makes one on purpose. */
  forgive: () => void;
};

/** Starts a double in a temporary directory that is removed when it is closed. */
export async function startCheckedDouble(options: Partial<DoubleOptions> = {}): Promise<CheckedDouble> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), "double-")));
  const departures: string[] = [];
  const receiver = await startReceiver();
  const { APP_KEY_OF_TESTS: privateKey } = process.env;
  const double = await startDouble({
    webhookUrl: receiver.url,
    ...(privateKey && { privateKey }),
    ...options,
    directory,
    observe: (exchange) => {
      departures.push(...checkExchange(exchange));
      options.observe?.(exchange);
    },
  });
  return {
    ...double,
    received: receiver.received,
    violations: async () => {
      await double.github.settled();
      return [...new Set([...departures, ...double.github.deliveries().flatMap(checkDelivery)])];
    },
    forgive: () => {
      departures.length = 0;
    },
    close: async () => {
      await double.close();
      await receiver.close();
      if (!options.directory) await rm(directory, { recursive: true, force: true });
    },
  };
}
