import { openSetUp } from "../compose/set-up.ts";
import { readConfig, readEnvironment, readSetUpConfig } from "../config.ts";
import type { Variables } from "../policy/variables.ts";
import { say } from "./say.ts";
import { serve } from "./serve.ts";

/** Serves the page that registers the App, on this machine only, and then goes on as the service. */
export async function setUp(environment: Variables, overrides: Variables): Promise<void> {
  const { address } = await openSetUp(readSetUpConfig(environment), {
    environment,
    read: (more) => readConfig({ ...readEnvironment(), ...overrides, ...more }),
    serve: async (config) => {
      try {
        return await serve(config);
      } catch (error) {
        process.stderr.write(`drafthorse: ${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
        throw error;
      }
    },
  });
  say("Drafthorse is not registered with GitHub yet. Open this address on this machine to do it:");
  say(`  ${address}`);
}
