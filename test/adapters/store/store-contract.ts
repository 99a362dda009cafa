import { afterAll, beforeAll, beforeEach, describe } from "@jest/globals";
import type { Store } from "../../../src/adapters/store/store.ts";
import type { StoreTimes } from "../../../src/adapters/store/store-times.ts";
import { patienceMs } from "../../support/patience.ts";
import { broadcastContract } from "./broadcast-contract.ts";
import { inboxContract } from "./inbox-contract.ts";
import { locksContract } from "./locks-contract.ts";
import { queueContract } from "./queue-contract.ts";
import { tasksContract } from "./tasks-contract.ts";
import { workersContract } from "./workers-contract.ts";

/** One database of the test's own. Each `open` opens the same data, with bounds short enough for tests. */
export type Engine = {
  open(times: Partial<StoreTimes>): Promise<Store>;
  remove(): Promise<void>;
};

/** What the contracts work on. `reopen` is missing where nothing survives the store. */
export type Subject = {
  readonly store: Store;
  reopen: (() => Promise<void>) | undefined;
  /** Lets something happen on the store opened with other times, and opens it as it was. */
  within(other: Partial<StoreTimes>, happens: (store: Store) => Promise<void>): Promise<void>;
  /** Opens the store once more beside itself, as another process would; missing where only one may have it. */
  beside: (() => Promise<Store>) | undefined;
  /** A repository that no other test uses, so that tests share one database and not their tasks. */
  readonly repositoryId: number;
};

const times: Partial<StoreTimes> = {
  lockLeaseMs: 300,
  lockWaitMs: patienceMs,
  jobTries: 3,
  retryBaseMs: 20,
  jobLockMs: 1_000,
  stalledCheckMs: 500,
  housekeepingMs: 500,
};

/** What every engine must do: one suite, so that they cannot differ. */
export function storeContract(
  name: string,
  options: { engine: () => Promise<Engine>; survives: boolean; shared?: boolean },
): void {
  describe(`the store (${name})`, () => {
    let engine: Engine;
    let store: Store;
    let repositoryId = 100;

    beforeAll(async () => {
      engine = await options.engine();
      store = await engine.open(times);
    });
    beforeEach(() => {
      repositoryId += 1;
    });
    afterAll(async () => {
      await store.close();
      await engine.remove();
    });

    const reopen = async (other: Partial<StoreTimes> = {}): Promise<void> => {
      await store.close();
      store = await engine.open({ ...times, ...other });
    };
    const subject: Subject = {
      get store() {
        return store;
      },
      get repositoryId() {
        return repositoryId;
      },
      reopen: options.survives ? () => reopen() : undefined,
      within: async (other, happens) => {
        await reopen(other);
        await happens(store).finally(() => reopen());
      },
      beside: options.shared ? () => engine.open(times) : undefined,
    };
    inboxContract(subject);
    tasksContract(subject);
    locksContract(subject);
    queueContract(subject);
    broadcastContract(subject);
    workersContract(subject);
  });
}
