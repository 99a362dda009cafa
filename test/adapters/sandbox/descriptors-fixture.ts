import { openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import { runIn, shell } from "./confined.ts";

/** Prints where the descriptors of a confined command lead. Arguments: the kind of sandbox, a directory for the log. */
const [kind = "bwrap", directory = ""] = process.argv.slice(2);
const sandbox = await openSandbox({ kind: kind === "none" ? "none" : "bwrap" });
const exit = await runIn(sandbox, shell("ls -l /proc/self/fd"), { directory });
process.stdout.write(exit.log.head);
