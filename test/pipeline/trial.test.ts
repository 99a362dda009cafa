import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Exit } from "../../src/domain/evidence/exit.ts";
import { Failure } from "../../src/domain/task/failure.ts";
import { Office } from "./office.ts";

const at = {} as { office: Office; seen: string[] };
beforeEach(() => {
  at.office = new Office();
  at.seen = [];
});

/** Lets the command on the base end as `exit` says; notes what runs, and when the agent begins. */
function baseEnds(exit: Partial<Exit>, tail: string): void {
  const { ports, workshop } = at.office;
  const { run } = ports.sandbox;
  const { deed } = workshop;
  ports.sandbox = {
    ...ports.sandbox,
    run: async (order, signal) => {
      const ended = await run(order, signal);
      at.seen.push(ended.exitCode === 0 ? "change" : "base");
      return ended.exitCode === 0 ? ended : { ...ended, ...exit, log: { ...ended.log, tail, head: tail } };
    },
  };
  workshop.deed = async (...order) => {
    at.seen.push(`agent: ${at.office.said(1).join()}`);
    return deed(...order);
  };
}

describe("the base before the agent", () => {
  test("ends the task where the command cannot start, with the repair, and nothing is spent", async () => {
    const { office } = at;
    baseEnds({ exitCode: 127 }, "sh: 1: mocha: not found\n");

    const task = await office.delegate();

    expect(office.workshop.prompts).toEqual([]);
    expect(office.github.pulls.size).toBe(0);
    expect(task).toMatchObject({ state: "ended: failed", failure: { kind: "setup" } });
    expect(office.said(1).join()).toMatch(
      /owner: repository.*mocha.*is not installed.*\bsetup\b.*not found/s,
    );
  });

  test("is shown on the issue where it is red, while the agent works", async () => {
    const { office } = at;
    baseEnds({ exitCode: 1 }, "> posttest\n> eslint .\nproblem <b>here</b>\n");

    const task = await office.delegate();

    const shown = at.seen.find((word) => word.startsWith("agent: "));
    expect(shown).toMatch(/Running.*\*\*Before the work\*\* `npm test` is red: exit code 1.*posttest/s);
    expect(task.state).toBe("proposed");
    expect(office.said(1).join()).not.toContain("Before the work");
  });

  test("is not measured again by the proof", async () => {
    baseEnds({ exitCode: 1 }, "red\n");

    const task = await at.office.delegate();

    // A red result is run once more, and the change once with other surroundings.
    expect(at.seen.map((word) => word.split(":")[0])).toEqual(["base", "base", "agent", "change", "change"]);
    expect(task.attempts[0]?.tried).toMatchObject({ line: "red: exit code 1", runs: [{}, {}] });
  });

  test("is measured beside the agent where it takes long, and is in the proof all the same", async () => {
    const { office } = at;
    const { ports, workshop } = office;
    const { run } = ports.sandbox;
    const hands: { letGo?: () => void } = {};
    const base = new Promise<void>((resolve) => {
      hands.letGo = resolve;
    });
    ports.sandbox = {
      ...ports.sandbox,
      run: async (order, signal) => {
        if (at.seen.length === 0) {
          at.seen.push("base began");
          void office.tick();
          await base;
        }
        return run(order, signal);
      },
    };
    workshop.deed = async () => {
      hands.letGo?.();
      return { leaves: "mended" };
    };

    const task = await office.delegate();

    const body = office.github.pulls.get(task.pullRequest ?? 0)?.body;
    expect(body).toContain("fixed: red on the base, green on the change");
    expect(task.attempts[0]?.tried).toMatchObject({ runs: [{}, {}] });
  });

  test("ends with the attempt, wherever that ends", async () => {
    const { office } = at;
    const { ports, workshop } = office;
    const stopped: boolean[] = [];
    ports.sandbox = {
      ...ports.sandbox,
      run: (order, signal) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            stopped.push(true);
            resolve({ ...exitOf(order), endedBy: "cancel", exitCode: null });
          });
          void office.tick();
        }),
    };
    workshop.deed = async () => {
      throw new Error("the agent's host fell over");
    };

    const task = await office.delegate();

    expect(task.state).toBe("ended: failed");
    expect(stopped).toEqual([true]);
  });
});

function exitOf({ command }: { command: { argv: string[] } }): Exit {
  const log = { sha256: "", bytes: 0, head: "", tail: "" };
  return { argv: command.argv, exitCode: 0, signal: null, endedBy: "itself", durationMs: 1, log };
}

test("an agent that is not there is told before the base is tried", async () => {
  const { office } = at;
  baseEnds({ exitCode: 1 }, "red\n");
  office.ports.agent = {
    ...office.ports.agent,
    find: async () => {
      throw new Failure("agent-unavailable", 'The agent\'s program "codex-acp" was not found: install it.');
    },
  };

  const task = await office.delegate();

  expect(at.seen).toEqual([]);
  expect(task).toMatchObject({ state: "ended: failed", failure: { kind: "agent-unavailable" } });
  expect(office.said(1).join()).toMatch(/owner: operator.*codex-acp.*was not found/s);
});
