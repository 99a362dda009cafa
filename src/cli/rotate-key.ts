import { resolve } from "node:path";
import { systemClock } from "../adapters/host/system-clock.ts";
import { replaceKey } from "../adapters/signing/open-signer.ts";
import { readConfig, readEnvironment } from "../config.ts";
import { say } from "./say.ts";
import { UsageError } from "./usage-error.ts";

/** Makes a new key for the server in the place of the present one; a running server takes it with the next signature. */
export async function rotateKey({ json }: { json?: boolean }): Promise<void> {
  const reading = readConfig(readEnvironment());
  if (reading.kind === "set-up")
    throw new UsageError("There is no App here yet. Run `drafthorse start` first.");
  if (reading.kind === "problems") throw new UsageError(reading.problems.join("\n"));
  const { signing, store } = reading.config;
  if (signing.keyPath !== undefined)
    throw new UsageError(
      `SIGNING_KEY_PATH names a key of yours. Put another in the place of ${signing.keyPath}; the old one stays known.`,
    );
  const key = await replaceKey(resolve(store.dataDir), systemClock);
  if (json) say(JSON.stringify(key));
  else
    say(`The key is now ${key.sha256}. The old one signs nothing more, and what it signed still verifies.`);
}
