import { execa } from "execa";
import { gitEnvironment } from "./git-environment.ts";

/** A git that is there answers at once, in milliseconds. */
const answerMs = 10_000;

/** What git says of its version, such as `2.39.5`; undefined where there is none. */
export async function gitVersion(): Promise<string | undefined> {
  const { stdout } = await execa("git", ["--version"], {
    ...{ env: gitEnvironment({}), extendEnv: false, timeout: answerMs, reject: false },
  });
  return /^git version (?<version>\S+)/.exec(stdout ?? "")?.groups?.version;
}
