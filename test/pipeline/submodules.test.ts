import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Submodule } from "../../src/domain/evidence/change.ts";
import { Office } from "./office.ts";

const commit = "5".repeat(40);
const there: Submodule = { path: "vendor/lib", commit, url: "https://github.com/octo/lib.git" };
const missing: Submodule = {
  ...{ path: "vendor/closed", commit, url: null },
  missing:
    "its address `git@github.com:octo/x` is not https. Write `https://github.com/octo/x` in `.gitmodules`.",
};

const at = {} as { office: Office; during: string };
beforeEach(() => {
  at.office = new Office();
  at.office.workshop.submodules = [there, missing];
});

/** Lets the command on the base end with an exit code and an output. */
function baseEnds(exitCode: number, text: string): void {
  const { ports, workshop } = at.office;
  const { run } = ports.sandbox;
  const { deed } = workshop;
  const base = { exitCode, log: { sha256: "", bytes: text.length, head: text, tail: text } };
  ports.sandbox = {
    ...ports.sandbox,
    run: async (order, signal) => {
      const ended = await run(order, signal);
      return ended.exitCode === 0 ? ended : { ...ended, ...base };
    },
  };
  workshop.deed = async (...order) => {
    at.during = at.office.said(1).join();
    return deed(...order);
  };
}

describe("a submodule that is missing", () => {
  test("does not hold up a command that runs without it, and is said on the issue and in the PR", async () => {
    baseEnds(0, "1 passed\n");

    const task = await at.office.delegate();

    expect(task.state).toBe("proposed");
    expect(at.during).toMatch(/⚠️ The submodule `vendor\/closed` is in no checkout: .*not https/);
    const body = at.office.github.pulls.get(task.pullRequest ?? 0)?.body;
    expect(body).toMatch(/⚠️ The submodule `vendor\/closed` is in no checkout: .*not https/);
    expect(body).toContain(
      `Submodule \`vendor/lib\` at \`${commit}\` from \`https://github.com/octo/lib.git\`.`,
    );
  });

  test("does not hold up a base that is red for a reason of its own", async () => {
    baseEnds(1, "not ok 1 - digits\n");

    expect((await at.office.delegate()).state).toBe("proposed");
  });

  test.each([
    [1, "Error: Cannot find module '../vendor/closed/index.js'\n", "setup"],
    [127, "sh: 1: mocha: not found\n", "setup"],
  ])(
    "ends the task before anything is spent where the command needs it: %s, %j",
    async (code, text, kind) => {
      baseEnds(code, text);

      const task = await at.office.delegate();

      expect(at.office.workshop.prompts).toEqual([]);
      expect(task).toMatchObject({ state: "ended: failed", failure: { kind } });
      expect(at.office.said(1).join()).toMatch(
        /owner: repository.*The submodule .*vendor\/closed.* is in no checkout: .*not https\. Write `https:\/\/github\.com\/octo\/x/s,
      );
    },
  );
});

test("the agent is told what a submodule is", async () => {
  await at.office.delegate();

  const [prompt] = at.office.workshop.prompts;
  expect(prompt).toMatch(
    /## Submodules\n\n- `vendor\/lib`: to be read and used\. What you edit there is not part/,
  );
  expect(prompt).toContain("- `vendor/closed`: empty.");
});
