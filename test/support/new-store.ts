import { openEmbeddedStore } from "../../src/adapters/store/embedded/open-embedded-store.ts";
import { recordingLog } from "./recording-log.ts";

/** A program: makes the store of a first start in the directory that it is told, and closes it. */
const [directory = ""] = process.argv.slice(2);
const store = await openEmbeddedStore({ directory, clock: { now: () => new Date() }, log: recordingLog() });
await store.close();
