import { openRedisStore } from "../../../src/adapters/store/redis/open-redis-store.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { redisServer } from "../../support/redis-server.ts";
import { storeContract } from "./store-contract.ts";

storeContract("redis", {
  ...{ survives: true, shared: true },
  engine: async () => {
    const server = await redisServer();
    const clock = { now: () => new Date() };
    return {
      open: (times) => openRedisStore({ url: server.url, clock, log: recordingLog(), times }),
      remove: () => server.remove(),
    };
  },
});
