import { beforeEach, describe, expect, test } from "@jest/globals";
import { issue as story } from "../../src/cli/demo/demo-story.ts";
import { Evidence } from "../../src/domain/evidence/evidence.ts";
import { Failure } from "../../src/domain/task/failure.ts";
import { taskKey } from "../../src/domain/task/task-id.ts";
import { openPolicies } from "../../src/policy/open-policies.ts";
import type { AgentOrder } from "../../src/ports/workshop.ts";
import { Office } from "./office.ts";

const at: { office: Office; orders: AgentOrder[] } = { office: new Office(), orders: [] };
beforeEach(() => {
  at.office = new Office();
  at.orders = [];
});

/** The agent leaves these trees, one in each leg, and costs a dollar, seven turns and ten seconds each time. */
function leaves(...trees: string[]): void {
  at.office.workshop.deed = async (order) => {
    at.orders.push(order);
    const tree = trees[Math.min(at.orders.length, trees.length) - 1] ?? "";
    return { leaves: tree, costUsd: 1, turns: 7, durationMs: 10_000, summary: `leg ${at.orders.length}` };
  };
}

async function evidenceOf(issueNumber: number): Promise<Evidence> {
  const task = await at.office.task(issueNumber);
  const bytes = at.office.workshop.kept.get(`${taskKey(task.id)}/evidence-1.json`);
  return Evidence.parse(JSON.parse(Buffer.from(bytes ?? "null").toString()));
}

describe("a red validation", () => {
  test("goes back to the same conversation, and the repaired tree is what is proved and published", async () => {
    leaves("broken", "mended");

    const task = await at.office.delegate();

    expect(at.orders.map(({ session }) => session)).toEqual([null, { agent: "fake", id: "session-1" }]);
    expect(at.office.workshop.prompts[1]).toMatch(
      /^## The validation is red[\s\S]*npm test[\s\S]*exit code 1/,
    );
    expect(at.orders[1]?.prompt.anew).toMatch(/^# Task:[\s\S]*## The validation is red/);
    const { agent, verdict } = await evidenceOf(1);
    expect(verdict).toBe("passed");
    expect(agent).toMatchObject({ summary: "leg 2", costUsd: 2, turns: 14, durationMs: 20_000 });
    expect(agent.legs).toMatchObject([
      { costUsd: 1, turns: 7, durationMs: 10_000, validation: { exitCode: 1, durationMs: 10 } },
      { costUsd: 1, durationMs: 10_000, validation: { exitCode: 0, durationMs: 10 } },
    ]);
    expect(at.office.github.pulls.get(task.pullRequest ?? 0)?.body).toMatch(
      /Repairs in attempt 1: red \(exit code 1\) after 10\.0 s of work, then green/,
    );
    expect(at.office.said(1).join()).toMatch(/1 repair/);
  });

  test("is measured once where it is green: the proof takes that very measurement", async () => {
    leaves("mended");
    const { ports } = at.office;
    const measured: string[] = [];
    const { run } = ports.sandbox;
    ports.sandbox = {
      ...ports.sandbox,
      run: (order, signal) => {
        measured.push(order.command.directory);
        return run(order, signal);
      },
    };

    const task = await at.office.delegate();

    const tree = task.attempts[0]?.change?.tree;
    // The second run of the tree has other surroundings.
    expect(measured.filter((directory) => directory === `/fake/${tree}`)).toHaveLength(2);
  });

  test("goes back at most `repairs` times", async () => {
    leaves("bad", "worse", "worst", "mended");

    const task = await at.office.delegate();

    expect(at.orders).toHaveLength(3);
    expect((await evidenceOf(task.id.issueNumber)).verdict).toBe("failed");
  });

  test("leaves less of time, money and turns to each repair", async () => {
    leaves("bad", "worse", "worst");

    await at.office.delegate();

    expect(at.orders.map(({ bounds }) => [bounds.totalMs, bounds.usd, bounds.turns])).toEqual([
      [2_700_000, 5, { limit: 300, used: 0 }],
      [2_690_000, 4, { limit: 300, used: 7 }],
      [2_680_000, 3, { limit: 300, used: 14 }],
    ]);
  });

  test.each([
    ["did not come to an end of its own", { outcome: "bound" as const }],
    ["has used up its money", { costUsd: 5 }],
    ["has used up its time", { durationMs: 45 * 60_000 }],
    ["has used up its turns", { turns: 300 }],
  ])("does not go back to an agent that %s", async (_, said) => {
    at.office.workshop.deed = async (order) => {
      at.orders.push(order);
      return { leaves: "broken", costUsd: 1, ...said };
    };

    await at.office.delegate();

    expect(at.orders).toHaveLength(1);
  });

  test("does not go back again where the repair changed nothing", async () => {
    leaves("broken", "broken", "mended");

    await at.office.delegate();

    expect(at.orders).toHaveLength(2);
  });
});

describe("the turns of an attempt", () => {
  test("are not told where one leg's were not measured, and what is known of them counts", async () => {
    at.office.workshop.deed = async (order) => {
      at.orders.push(order);
      const isFirst = at.orders.length === 1;
      return { leaves: isFirst ? "broken" : "mended", turns: isFirst ? 4 : null };
    };

    const task = await at.office.delegate();

    expect(at.orders[1]?.bounds.turns).toEqual({ limit: 300, used: 4 });
    expect((await evidenceOf(1)).agent).toMatchObject({ turns: null, legs: [{ turns: 4 }, { turns: null }] });
    expect(at.office.github.pulls.get(task.pullRequest ?? 0)?.body).toMatch(
      /turns of attempt 1 were not measured.*`limits\.turns` was not kept/,
    );
  });

  test("of a bound that was met are named in the comment and the pull request", async () => {
    const cause = "stopped at the turns bound: all 300 turns of the attempt are used";
    at.office.workshop.deed = async () => ({
      ...{ leaves: "mended", outcome: "bound", bound: "turns", cause, turns: 300 },
    });

    const task = await at.office.delegate();

    const body = at.office.github.pulls.get(task.pullRequest ?? 0)?.body ?? "";
    expect(body).toContain(
      `The agent was stopped before it was done: ${cause} (the setting \`limits.turns\`)`,
    );
    expect(body).toMatch(/\| incomplete \(stopped at its turns limit\) \| 300 \|/);
    expect(at.office.said(1).join()).toContain(`stopped at its turns limit after 1.0 s: ${cause} `);
  });
});

describe("a brief", () => {
  test("names its agent, and its money is a person's", async () => {
    leaves("mended");
    const { github, ports } = at.office;
    ports.policies = openPolicies({
      files: github.files,
      operator: { agents: { codex: { command: "codex" } } },
    });
    const body = `${story.body}\n### Agent\n\ncodex\n\n### Budget\n\n$4, 30 min\n`;

    await at.office.delegate({ body });

    expect(at.orders[0]).toMatchObject({
      agents: ["codex"],
      isMetered: true,
      bounds: { usd: 4, totalMs: 30 * 60_000 },
    });
  });
});

describe("an agent that is interrupted", () => {
  test("in a repair goes on with its conversation, and no finished leg is done again", async () => {
    at.office.workshop.deed = async (order) => {
      at.orders.push(order);
      if (at.orders.length === 2) throw new Failure("storage", "the worker's disk is gone for a moment");
      return { leaves: at.orders.length === 1 ? "broken" : "mended" };
    };

    const task = await at.office.delegate();

    expect(task.state).toBe("proposed");
    expect(at.orders.map(({ session }) => session?.id)).toEqual([undefined, "session-1", "session-1"]);
    expect(task.attempts[0]?.legs).toHaveLength(2);
  });

  test("in its first leg is told that it was", async () => {
    at.office.workshop.deed = async (order) => {
      at.orders.push(order);
      if (at.orders.length === 1) throw new Failure("storage", "the worker's disk is gone for a moment");
      return { leaves: "mended" };
    };

    await at.office.delegate();

    expect(at.orders[1]).toMatchObject({
      session: { id: "session-1" },
      prompt: {
        resumed: expect.stringMatching(/^## You were interrupted/),
        anew: expect.stringMatching(/^# Task/),
      },
    });
  });
});
