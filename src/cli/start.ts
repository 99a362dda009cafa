import { readConfig, readEnvironment } from "../config.ts";
import { serve } from "./serve.ts";

/** The exit code of a command whose configuration has to be mended first (sysexits: EX_CONFIG). */
const configurationExit = 78;

/** Runs the App until it is told to stop; a configuration that cannot be used is refused with its repair. */
export async function start(overrides: Record<string, string> = {}): Promise<void> {
  const environment = { ...readEnvironment(), ...overrides };
  const reading = readConfig(environment);
  switch (reading.kind) {
    case "set-up":
      if (environment.ROLE === "worker") return tellProblems([notRegistered]);
      return (await import("./set-up.ts")).setUp(environment, overrides);
    case "problems":
      return tellProblems(reading.problems);
    case "config":
      await serve(reading.config);
  }
}

const notRegistered =
  "The App is not registered yet, and a worker has no page to do it on. Run `drafthorse start` on one DATA_DIR with it, or set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET.";

function tellProblems(problems: string[]): void {
  process.stderr.write(`Drafthorse does not start:\n${problems.map((one) => `- ${one}\n`).join("")}`);
  process.exitCode = configurationExit;
}
