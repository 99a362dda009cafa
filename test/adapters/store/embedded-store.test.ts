import { openEmbeddedStore } from "../../../src/adapters/store/embedded/open-embedded-store.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { storeContract } from "./store-contract.ts";

storeContract("embedded", {
  survives: true,
  engine: async () => {
    const { directory, remove } = await temporaryDirectory();
    const clock = { now: () => new Date() };
    return {
      open: (times) => openEmbeddedStore({ directory, clock, log: recordingLog(), times }),
      remove,
    };
  },
});
