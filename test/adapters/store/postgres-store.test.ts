import { openPostgresStore } from "../../../src/adapters/store/postgres/open-postgres-store.ts";
import { postgresServer } from "../../support/postgres-server.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { storeContract } from "./store-contract.ts";

storeContract("postgres", {
  ...{ survives: true, shared: true },
  engine: async () => {
    const server = await postgresServer();
    const clock = { now: () => new Date() };
    return {
      open: (times) => openPostgresStore({ url: server.url, clock, log: recordingLog(), times }),
      remove: () => server.remove(),
    };
  },
});
