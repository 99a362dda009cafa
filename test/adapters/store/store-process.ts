import { openEmbeddedStore } from "../../../src/adapters/store/embedded/open-embedded-store.ts";
import { openPostgresStore } from "../../../src/adapters/store/postgres/open-postgres-store.ts";
import { openRedisStore } from "../../../src/adapters/store/redis/open-redis-store.ts";
import type { Store } from "../../../src/adapters/store/store.ts";
import type { StoreTimes } from "../../../src/adapters/store/store-times.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { delivery, job } from "./samples.ts";

/** A process that a test kills: it opens a store, does one thing for ever, and prints a line for each thing done. */
const [engine = "", where = "", role = "", times = "{}"] = process.argv.slice(2);

const roles: Record<string, (store: Store) => Promise<void>> = {
  async open() {
    print("open");
  },
  async fill({ inbox, queue }) {
    for (let number = 1; ; number += 1) {
      await inbox.store(delivery(`delivery ${number}`));
      await queue.add(job(number));
      print(String(number));
    }
  },
  async work({ queue }) {
    await queue.add(job(1));
    await queue.work({
      concurrency: 1,
      handle: async () => {
        print("working");
        await forever();
      },
    });
  },
  async hold({ locks }) {
    await locks.exclusively("held", async () => {
      print("holding");
      await forever();
    });
  },
};

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function forever(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2 ** 31 - 1));
}

async function open(): Promise<Store> {
  const options = {
    clock: { now: () => new Date() },
    log: recordingLog(),
    times: JSON.parse(times) as Partial<StoreTimes>,
  };
  if (engine === "redis") return await openRedisStore({ ...options, url: where });
  if (engine === "postgres") return await openPostgresStore({ ...options, url: where });
  return await openEmbeddedStore({ ...options, directory: where });
}

try {
  await roles[role]?.(await open());
} catch (error) {
  print(`failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
