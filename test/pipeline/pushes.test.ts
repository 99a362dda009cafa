import { beforeEach, describe, expect, test } from "@jest/globals";
import { Evidence } from "../../src/domain/evidence/evidence.ts";
import { Failure } from "../../src/domain/task/failure.ts";
import type { Task } from "../../src/domain/task/task.ts";
import type { CheckReport } from "../../src/ports/github.ts";
import type { Ports } from "../../src/ports.ts";
import { isLongForm } from "../e2e/long-form.ts";
import { Office } from "./office.ts";

let office: Office;
beforeEach(() => {
  office = new Office();
  office.github.permissions.set("wil", "write");
});

function checkOn(head: string, name: string): CheckReport | undefined {
  return office.github.checks.find((check) => check.head === head && check.name === `drafthorse/${name}`);
}

function bodyOf({ pullRequest }: Task): string {
  return office.github.pulls.get(pullRequest ?? 0)?.body ?? "";
}

function treeOf(commit: string): string {
  return office.github.commits.get(commit)?.tree ?? "";
}

/** The evidence that a check run carries. */
function evidenceIn({ text }: CheckReport): Evidence {
  return Evidence.parse(
    JSON.parse(/evidence\.json\s+`{3,}\w*\n(?<json>.*?)\n`{3,}/s.exec(text)?.groups?.json ?? ""),
  );
}

/** Wil pushes to the task's branch, and the service hears of it. */
async function pushes(task: Task, isGreen = true): Promise<string> {
  const commit = office.github.pushes("wil", task.branch, "Tidy");
  if (isGreen) office.workshop.green.add(treeOf(commit));
  await office.hears(task.pullRequest ?? 0, "pushed");
  return commit;
}

describe("a person's push", () => {
  test("is measured without an agent; evidence, checks and body are then for its tree", async () => {
    const task = await office.delegate();
    const prompts = office.workshop.prompts.length;

    const head = await pushes(task);

    const validation = checkOn(head, "validation");
    expect(validation?.conclusion).toBe("success");
    expect(evidenceIn(validation as CheckReport)).toMatchObject({ tree: treeOf(head), pushed: head });
    expect(checkOn(head, "scope")).toBeDefined();
    expect(checkOn(head, "approval")?.title).toBe("Waits for an approving review by ada");
    expect(bodyOf(task)).toContain(
      `Measured at \`${head.slice(0, 7)}\`, the head of the branch, without an agent.`,
    );
    expect([...office.workshop.kept.keys()].filter((name) => /evidence-[^.]*\.json$/.test(name))).toEqual([
      expect.stringMatching(/evidence-1\.json$/),
      expect.stringMatching(new RegExp(`evidence-1-${treeOf(head).slice(0, 12)}\\.json$`)),
    ]);
    expect(office.workshop.prompts).toHaveLength(prompts);
  });

  test("that is red is said to be", async () => {
    const task = await office.delegate();

    const head = await pushes(task, false);

    expect(checkOn(head, "validation")?.conclusion).toBe("failure");
    expect(bodyOf(task)).toContain("Verdict: failed");
  });

  test("makes what was measured stale until it is measured itself", async () => {
    const task = await office.delegate();
    const { commit } = task.attempts[0]?.commit ?? {};
    const seen: string[] = [];
    const { run } = office.ports.sandbox;
    office.ports.sandbox = {
      ...office.ports.sandbox,
      run: (...order) => {
        seen.push(bodyOf(task));
        return run(...order);
      },
    };

    const head = await pushes(task);

    expect(seen[0]).toContain(`What stands here is about ${commit}`);
    expect(seen[0]).toContain(`${commit}...${head}`);
    expect(seen[0]).toContain("is being measured, without an agent.");
  });

  test("that cannot be measured is said to be unmeasured, and is measured when somebody asks again", async () => {
    const task = await office.delegate();
    const { fetch } = office.ports.worktrees;
    const broken = async () => {
      throw new Failure("bug", "The disk is odd.");
    };
    office.ports.worktrees = { ...office.ports.worktrees, fetch: broken };
    const head = await pushes(task);
    expect(bodyOf(task)).toContain("could not be measured (bug, us): The disk is odd.");

    office.ports.worktrees = { ...office.ports.worktrees, fetch };
    await office.hears(task.pullRequest ?? 0, "asked again");

    expect(checkOn(head, "validation")?.conclusion).toBe("success");
    expect(bodyOf(task)).not.toContain("could not be measured");
  });

  test("does not use up the correction, which goes on from it", async () => {
    const task = await office.delegate();
    const head = await pushes(task);

    const after = await office.retry(task);

    expect(after.attempts).toHaveLength(2);
    expect(office.github.commits.get(after.attempts[1]?.commit?.commit ?? "")?.parents).toEqual([head]);
    expect(bodyOf(task)).not.toContain("Measured at");
  });
});

test("a head whose measuring a correction overtook carries no evidence of another commit", async () => {
  const task = await office.delegate();
  const { run } = office.ports.sandbox;
  let isAsked = false;
  office.ports.sandbox = {
    ...office.ports.sandbox,
    run: async (...order) => {
      if (!isAsked) {
        isAsked = true;
        await office.says(task.pullRequest ?? 0);
      }
      return run(...order);
    },
  };

  await pushes(task);

  for (const check of office.github.checks.filter(({ name }) => name === "drafthorse/validation"))
    expect(evidenceIn(check).tree).toBe(treeOf(check.head));
});

test("a branch that goes back to a commit of before is measured once more", async () => {
  const task = await office.delegate();
  const own = office.github.refs.get(task.branch) ?? "";
  const first = await pushes(task);

  for (const head of [own, first]) {
    office.github.refs.set(task.branch, head);
    for (const pull of office.github.pulls.values()) pull.head = head;
    await office.hears(task.pullRequest ?? 0, "pushed");
    expect(bodyOf(task)).toContain(`Measured at \`${head.slice(0, 7)}\``);
  }
  expect((await office.task(task.id.issueNumber)).pushed).toMatchObject({ head: first, run: 3 });
});

test("an agent's own commit is measured again when somebody asks", async () => {
  const task = await office.delegate();
  const head = task.attempts[0]?.commit?.commit ?? "";
  office.workshop.green.clear();

  await office.hears(task.pullRequest ?? 0, "asked again");
  expect(checkOn(head, "validation")?.conclusion).toBe("failure");

  office.workshop.passes("mended");
  await office.hears(task.pullRequest ?? 0, "asked again");
  expect(checkOn(head, "validation")?.conclusion).toBe("success");
  expect((await office.task(task.id.issueNumber)).pushed?.run).toBe(2);
});

type Point = { [P in keyof Ports]: `${P & string}.${keyof Ports[P] & string}` }[keyof Ports];

/** Calls at which Wil pushes, in an attempt, its correction and the measuring of heads. */
const points: Point[] = [
  "worktrees.fetch",
  "agent.work",
  "worktrees.capture",
  "sandbox.run",
  "branches.head",
  "branches.commit",
  "branches.point",
  "pullRequests.open",
  "pullRequests.askReview",
  "checkRuns.report",
  "pullRequests.read",
  "pullRequests.notes",
  "pullRequests.rewrite",
  "issues.say",
];

/** Lets something happen before, or after, the n-th call of a port's method. */
function at(point: Point, { nth, when }: { nth: number; when: string }, act: () => void): void {
  const [name, method] = point.split(".") as [keyof Ports, string];
  const port = office.ports[name] as unknown as Record<string, (...order: unknown[]) => Promise<unknown>>;
  const real = port[method];
  let calls = 0;
  const watched = async (...order: unknown[]): Promise<unknown> => {
    calls += 1;
    const isNow = calls === nth;
    if (isNow && when === "before") act();
    const result = await real?.apply(port, order);
    if (isNow && when === "after") act();
    return result;
  };
  Object.assign(office.ports, { [name]: { ...port, [method]: watched } });
}

/** Twenty races at each point in the long form; `npm test` runs two of them. */
const races = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((nth) =>
  ["before", "after"].map((when) => ({ nth, when })),
);
const isRun = ({ nth, when }: (typeof races)[number]): boolean =>
  isLongForm || (when === "before" ? nth === 1 : nth === 2);
const moments = points.flatMap((point) => races.filter(isRun).map((race) => ({ point, ...race })));

test.each(moments)(
  "a push $when the call $nth of $point is lost by nothing",
  async ({ point, nth, when }) => {
    const { github } = office;
    let pushed: string | undefined;
    at(point, { nth, when }, () => {
      const branch = [...github.refs.keys()].find((name) => name.startsWith("agent/")) ?? "agent/1-mine";
      pushed = github.pushes("wil", branch, "Mine");
    });

    const task = await office.delegate();
    if (task.pullRequest) await office.hears(task.pullRequest, "pushed");
    const after = task.state === "proposed" ? await office.retry(task) : task;
    // A push while the news of another is handled is news of its own.
    for (let told: typeof pushed | null = null; told !== pushed && after.pullRequest; ) {
      told = pushed;
      await office.hears(after.pullRequest, "pushed");
    }

    const reachable = [...github.refs.values()].flatMap(ancestors);
    expect(pushed === undefined || reachable.includes(pushed)).toBe(true);
    for (const check of github.checks.filter(({ name }) => name === "drafthorse/validation"))
      expect(evidenceIn(check).tree).toBe(treeOf(check.head));
    if (after.state !== "proposed") return;
    const head = github.pulls.get(after.pullRequest ?? 0)?.head ?? "";
    expect(checkOn(head, "validation")).toBeDefined();
    expect(bodyOf(after)).not.toContain("Somebody pushed after this was measured");
  },
);

function ancestors(commit: string): string[] {
  return [commit, ...(office.github.commits.get(commit)?.parents ?? []).flatMap(ancestors)];
}
