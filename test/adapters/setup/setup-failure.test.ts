import { expect, test } from "@jest/globals";
import { setupFailure } from "../../../src/adapters/setup/setup-failure.ts";
import type { Exit } from "../../../src/domain/evidence/exit.ts";

const exitWith = (exitCode: number, tail: string): Exit => ({
  ...{ argv: ["sh"], exitCode, signal: null, endedBy: "itself", durationMs: 1 },
  log: { sha256: "", bytes: tail.length, head: tail, tail },
});

test.each<[string, number, string, RegExp]>([
  [
    "a program in nobody's but a home",
    127,
    "sh: 1: cargo: not found\n",
    /`cargo` is not installed: .*rustup/,
  ],
  ["the same, said by bash", 127, "bash: line 1: uv: command not found\n", /`uv` is not installed/],
  [
    "a machine without a resolver",
    1,
    "ERROR: No matching distribution found for hatchling\n\n[drafthorse: pypi.org:443 was refused: its name cannot be resolved]\n",
    /cannot resolve the name `pypi\.org`: .*operator's.*drafthorse doctor network egress/,
  ],
])("the set-up that fails by %s is told with the cause", (_, exitCode, tail, cause) => {
  expect(setupFailure("make it", exitWith(exitCode, tail)).message).toMatch(cause);
});

test.each([
  "npm error code EUSAGE\n",
  "[drafthorse: npm.corp.test:443 was refused: its name cannot be resolved here, and only a repository names it]\n",
  "[drafthorse: evil.test:443 was refused: it is not among the hosts that may be reached]\n",
])("a log that says why itself is left to say it: %j", (tail) => {
  const [said] = setupFailure("make it", exitWith(1, tail)).message.split(" The end of its output");

  expect(said).toBe("The set-up command (make it) ended with exit code 1.");
});
