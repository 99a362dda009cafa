import { openMemoryStore } from "../../../src/adapters/store/memory/open-memory-store.ts";
import { storeContract } from "./store-contract.ts";

storeContract("memory", {
  survives: false,
  engine: async () => ({
    open: async (times) => openMemoryStore({ clock: { now: () => new Date() }, times }),
    remove: async () => undefined,
  }),
});
