import { beforeEach, describe, expect, test } from "@jest/globals";
import { issue as story } from "../../src/cli/demo/demo-story.ts";
import { handleJob } from "../../src/compose/jobs.ts";
import { bundleIn } from "../../src/domain/attestation/shown-files.ts";
import { Failure } from "../../src/domain/task/failure.ts";
import { noting, takeOver } from "../../src/domain/task/lease.ts";
import { HistoryLine, type Task } from "../../src/domain/task/task.ts";
import { taskKey } from "../../src/domain/task/task-id.ts";
import { schedule } from "../../src/pipeline/schedule.ts";
import type { Ports } from "../../src/ports.ts";
import { openStatement, subjectOf } from "../../src/proof/audit/weigh-statement.ts";
import type { FakeMethod } from "../fakes/fake-github.ts";
import { Office } from "./office.ts";

const at: { office: Office } = { office: new Office() };
beforeEach(() => {
  at.office = new Office();
});

async function keptHistory({ id }: Task, attempt: number): Promise<HistoryLine[]> {
  const bytes = await at.office.ports.artefacts.read(`${taskKey(id)}/history-${attempt}.jsonl`);
  const lines = Buffer.from(bytes ?? "")
    .toString("utf8")
    .split("\n")
    .filter(Boolean);
  return lines.map((line) => HistoryLine.parse(JSON.parse(line)));
}

/** The job of a worker that does not answer was given to another. */
async function anotherTakesOver(ports: Ports): Promise<void> {
  for (const { id } of await ports.tasks.find({ live: true }))
    await ports.tasks.change(id, (task) => {
      const taken = takeOver(task, 1);
      return taken && noting(taken, {}, { at: ports.clock.now().toISOString(), what: "taken up" });
    });
}

describe("an attempt", () => {
  test("ends in one draft pull request, one comment, one commit and one check run", async () => {
    const { github } = at.office;

    const task = await at.office.delegate();

    const pull = github.pulls.get(task.pullRequest ?? 0);
    expect(task.state).toBe("proposed");
    expect(pull).toMatchObject({ draft: true, state: "open", head: github.refs.get(task.branch) });
    expect(pull?.body).toContain("Verdict: passed");
    expect(at.office.said(task.id.issueNumber)).toHaveLength(1);
    expect(github.checks.map(({ conclusion }) => conclusion)).toEqual([
      "success",
      "success",
      "action_required",
    ]);
    expect(at.office.workshop.closed).toHaveLength(1);
  });

  test("is held to the rules that it began with, whatever is pushed meanwhile", async () => {
    const { github, workshop } = at.office;
    const rules = ".github/drafthorse.yml";
    workshop.deed = async () => {
      github.fileTexts.set(rules, "paths: { protected: [src] }");
      return { leaves: "mended" };
    };

    const task = await at.office.delegate();

    expect(task).toMatchObject({ state: "proposed", attempts: [{ evidence: { verdict: "passed" } }] });
  });

  test("leaves nothing on the disk where its worker died between the ledger's last word and the tidying", async () => {
    const { ports, workshop } = at.office;
    const task = await at.office.delegate();
    workshop.closed.length = 0;

    // The job of a worker that died is given to another.
    const job = { kind: "attempt" as const, task: task.id, attempt: 1 };
    await handleJob(job, { tries: 1, last: false, signal: new AbortController().signal }, ports);

    expect(workshop.closed).toEqual([`${taskKey(task.id)}-attempt-1`]);
    expect(await at.office.task(task.id.issueNumber)).toEqual(task);
  });

  test("is said to have ended also where its worker died before it said so, and no other attempt is", async () => {
    const { ports } = at.office;
    const task = await at.office.delegate();
    const told: unknown[] = [];
    ports.events.listen((event) => told.push(event));

    for (const attempt of [1, 2]) {
      const job = { kind: "attempt" as const, task: task.id, attempt };
      await handleJob(job, { tries: 1, last: false, signal: new AbortController().signal }, ports);
    }

    expect(told).toEqual([{ kind: "attempt ended", task: task.id, attempt: 1, event: "published" }]);
  });

  test("that another worker has taken over is neither given up nor postponed by the first, whatever it meets", async () => {
    const { ports, workshop, github } = at.office;
    workshop.deed = async () => {
      await anotherTakesOver(ports);
      throw new Failure("permission", "the branch is there already: the other one's");
    };

    // The other one stays at work, so that the office never rests.
    await expect(at.office.delegate()).rejects.toThrow("never came to its end");

    const [task] = await ports.tasks.find({ live: true });
    expect(task).toMatchObject({ state: "running", fence: 2, attempts: [{ starts: 2 }] });
    expect(task?.failure).toBeUndefined();
    expect(at.office.said(task?.id.issueNumber ?? 0).join()).not.toContain("the branch is there already");
    expect([...github.pulls]).toEqual([]);
  });

  describe("whose workers die", () => {
    /** Workers take the attempt up and are never heard of again. */
    const die = async (times: number): Promise<void> => {
      for (let death = 0; death < times; death++) await anotherTakesOver(at.office.ports);
    };
    const issue = async (): Promise<number> => {
      const { github } = at.office;
      const number = github.opensIssue("ada", { ...story, labels: ["agent-task"] });
      await at.office.accepts(number);
      await schedule(at.office.ports);
      return number;
    };

    test("three times in one step is not tried a fourth time, and the issue says whose it is and what to do", async () => {
      const number = await issue();
      await die(3);

      await at.office.works();

      const task = await at.office.task(number);
      expect(task).toMatchObject({ state: "ended: failed", failure: { kind: "worker-died" } });
      const [said] = at.office.said(number);
      expect(said).toContain("**Cause** (worker-died, owner: operator)");
      expect(said).toContain(`died 3 times in a row in the step "started"`);
      expect(said).toContain("**Next:** The operator looks at why the process died");
      expect([...at.office.github.pulls]).toEqual([]);
    });

    test("twice is tried again", async () => {
      const number = await issue();
      await die(2);

      await at.office.works();

      const task = await at.office.task(number);
      expect(task).toMatchObject({ state: "proposed", attempts: [{ starts: 3 }] });
      expect(task.crashes).toBeUndefined();
    });

    test("also while it is ended ends, with what was kept before", async () => {
      const number = await issue();
      await die(7);

      await at.office.works();

      expect(await at.office.task(number)).toMatchObject({
        state: "ended: failed",
        failure: { kind: "worker-died" },
      });
    });
  });

  test("that another worker takes over in the middle of a step changes nothing on GitHub from then on", async () => {
    const { ports, github } = at.office;
    const { pullRequests } = ports;
    const askReview: typeof pullRequests.askReview = async (...order) => {
      const refused = await pullRequests.askReview(...order);
      // This worker was frozen in its first write, and the other one does the whole step meanwhile.
      await anotherTakesOver(ports);
      return refused;
    };
    at.office.ports.pullRequests = { ...pullRequests, askReview };

    await expect(at.office.delegate()).rejects.toThrow("never came to its end");

    expect(github.checks).toEqual([]);
  });

  test("keeps the task's chained history beside its evidence, to the last line, however it ends", async () => {
    const task = await at.office.delegate();
    expect(await keptHistory(task, 1)).toEqual(await at.office.store.tasks.history(task.id));
    expect((await keptHistory(task, 1)).at(-1)?.what).toBe("published");

    await at.office.retry(task);
    expect((await keptHistory(task, 2)).at(-1)?.what).toBe("unchanged");

    await at.office.close(task.pullRequest ?? 0);
    at.office.ports.sandbox.run = async () => {
      throw new Error("the sandbox broke in two");
    };
    const broken = await at.office.delegate({ title: "Break" });
    expect(await keptHistory(broken, 1)).toEqual(await at.office.store.tasks.history(broken.id));
    expect((await keptHistory(broken, 1)).at(-1)?.what).toBe("gave-up");
  });

  test("puts the evidence on the check run byte for byte, so that a copy from there proves as much", async () => {
    const { github, workshop } = at.office;
    workshop.deed = async () => ({ leaves: "mended", summary: "It is done.\u202e\u{e0041} 👩‍🚀" });

    const task = await at.office.delegate();

    const kept = await at.office.ports.artefacts.read(`${taskKey(task.id)}/evidence-1.json`);
    expect(github.checks[0]?.text).toContain(
      `\n${Buffer.from(kept ?? "")
        .toString("utf8")
        .trimEnd()}\n`,
    );
  });

  test("signs what it proved, and puts the statements on the check run so that a copy verifies", async () => {
    const { github, ports } = at.office;

    const task = await at.office.delegate();

    const [check] = github.checks;
    const [attempt] = task.attempts;
    const bundle = bundleIn(check?.summary ?? "");
    const opened = openStatement(bundle, { keys: await ports.signer.keys(), given: true });
    expect(opened.weighed.filter(({ holds }) => !holds)).toEqual([]);
    expect(opened.statement && subjectOf(opened.statement)).toEqual({
      commit: attempt?.commit?.commit,
      tree: attempt?.change?.tree,
    });
    expect(opened.statement?.predicate.evidence.sha256).toBe(attempt?.evidence?.sha256);
    expect(attempt?.attestations?.map(({ name }) => name)).toEqual([
      "evidence-1.sigstore.json",
      "test-result-1.sigstore.json",
    ]);
  });

  test("signs once, though its worker died before the ledger knew", async () => {
    const { ports, workshop } = at.office;
    const { sign } = ports.signer;
    const signed: Uint8Array[] = [];
    ports.signer.sign = async (bytes) => {
      signed.push(bytes);
      if (signed.length === 2) throw new Failure("storage", "The disk went away.");
      return sign(bytes);
    };

    const task = await at.office.delegate();

    expect(task.state).toBe("proposed");
    expect(signed).toHaveLength(3);
    const kept = workshop.kept.get(`${taskKey(task.id)}/evidence-1.sigstore.json`);
    expect(at.office.github.checks[0]?.summary).toContain(
      Buffer.from(kept ?? "")
        .toString()
        .trim(),
    );
  });

  test("keeps it too where its worker died between the ledger's last word and the tidying", async () => {
    const { ports, workshop } = at.office;
    const task = await at.office.delegate();
    workshop.kept.delete(`${taskKey(task.id)}/history-1.jsonl`);

    const job = { kind: "attempt" as const, task: task.id, attempt: 1 };
    await handleJob(job, { tries: 1, last: false, signal: new AbortController().signal }, ports);

    expect(await keptHistory(task, 1)).toEqual(await at.office.store.tasks.history(task.id));
  });

  describe("that is given up", () => {
    /** The sandbox breaks when the agent's work is done, before it is proved. */
    const breaksLater = ({ workshop, ports }: Office): void => {
      workshop.deed = async () => {
        ports.sandbox.run = async () => {
          throw new Error("the sandbox broke in two");
        };
        return { leaves: "mended" };
      };
    };

    test("leaves its work on the branch, without a pull request, and the comment names it", async () => {
      const { github, workshop } = at.office;
      breaksLater(at.office);

      const task = await at.office.delegate();

      const head = github.refs.get(task.branch);
      expect(task).toMatchObject({ state: "ended: failed", failure: { kind: "bug" } });
      expect(github.commits.get(head ?? "")?.tree).toBe(task.attempts[0]?.change?.tree);
      expect(github.pulls.size).toBe(0);
      expect(at.office.said(1).join()).toContain("the sandbox broke in two");
      expect(at.office.said(1).join()).toContain("The work is on the branch [`agent/");
      expect(workshop.closed).toHaveLength(1);
    });

    test("publishes nothing of a change that holds a secret", async () => {
      const { github, ports } = at.office;
      breaksLater(at.office);
      ports.objects.texts = async function* (_, files) {
        for (const file of files)
          yield { file, before: undefined, after: `key = "ghs_${"aB3dE6gH9j".repeat(4)}"` };
      };

      const task = await at.office.delegate();

      expect(task.state).toBe("ended: failed");
      expect(github.refs.has(task.branch)).toBe(false);
      expect(at.office.said(1).join()).toContain("The work is kept on the server as the artefact");
    });
  });

  const effects: FakeMethod[] = [
    "issues.say",
    "people.permission",
    "issues.read",
    "branches.head",
    "branches.commit",
    "branches.point",
    "pullRequests.find",
    "pullRequests.open",
    "checkRuns.report",
  ];
  test.each(effects.flatMap((method) => [[method, "before"] as const, [method, "after"] as const]))(
    "survives a failure of %s %s its effect, and still makes one of each",
    async (method, when) => {
      const { github, workshop } = at.office;
      workshop.deed = async () => {
        github.failNext(method, when);
        return { leaves: "mended" };
      };

      const task = await at.office.delegate();

      expect(task.state).toBe("proposed");
      expect([...github.pulls.values()]).toHaveLength(1);
      expect(at.office.said(task.id.issueNumber)).toHaveLength(1);
      expect(github.checks.map(({ name }) => name)).toEqual([
        "drafthorse/validation",
        "drafthorse/scope",
        "drafthorse/approval",
      ]);
      expect(github.commits.get(github.refs.get(task.branch) ?? "")?.parents).toEqual([
        github.refs.get("main"),
      ]);
      expect(workshop.prompts).toHaveLength(1);
    },
  );

  test("tells what it waits for while an agent is unavailable, and gives up in the end", async () => {
    const said: string[] = [];
    at.office.workshop.deed = async () => {
      said.push(at.office.said(1).join());
      throw new Failure("agent-unavailable", "The agent's account has no credit.");
    };

    const task = await at.office.delegate();

    expect(said.at(0)).not.toContain("no credit");
    expect(said.at(1)).toMatch(/no credit\. It is tried again by itself/);
    expect(task).toMatchObject({ state: "ended: failed", failure: { kind: "agent-unavailable" } });
    expect(at.office.said(task.id.issueNumber).join()).toMatch(
      /no credit.*\n\n.*The operator checks the agent/s,
    );
    expect(at.office.github.pulls.size).toBe(0);
  });

  test("ends even where nobody can be told", async () => {
    const { github, workshop } = at.office;
    workshop.deed = async () => {
      for (let count = 0; count < 100; count++) github.failNext("issues.say", "before");
      throw new Failure("agent-unavailable", "gone");
    };

    expect((await at.office.delegate()).state).toBe("ended: failed");
  });

  test("a bug of ours is not tried again and again", async () => {
    const { workshop } = at.office;
    workshop.deed = async () => {
      throw new TypeError("undefined is not a function");
    };

    const task = await at.office.delegate();

    expect(workshop.prompts).toHaveLength(1);
    expect(task).toMatchObject({ state: "ended: failed", failure: { kind: "bug" } });
  });

  test("does not start for somebody who lost write access meanwhile", async () => {
    const { github, workshop, ports } = at.office;
    const react = ports.issues.react;
    ports.issues = {
      ...ports.issues,
      react: async (...what) => {
        github.permissions.set("ada", "read");
        await react(...what);
      },
    };

    const task = await at.office.delegate();

    expect(workshop.prompts).toEqual([]);
    expect(task.state).toBe("ended: cancelled");
    expect(at.office.said(task.id.issueNumber).join()).toMatch(/no longer has write access/);
  });

  test("leaves a branch alone that somebody else made under its name", async () => {
    const { github } = at.office;
    const theirs = github.pushes("mal", "agent/1-keep-digits-in-slugs-and-trim-the", "mine");

    const task = await at.office.delegate();

    expect(task.state).toBe("ended: failed");
    expect(github.refs.get(task.branch)).toBe(theirs);
    expect(at.office.said(1).join()).toMatch(/Rename or delete it/);
  });
});

describe("the correction", () => {
  test("works on the branch with the words and the writers' notes, and nobody else's", async () => {
    const { github, workshop } = at.office;
    const task = await at.office.delegate();
    github.notes(task.pullRequest ?? 0, {
      by: "ada",
      path: "src/a.js",
      line: 3,
      text: "Too long.<!-- hidden -->",
    });
    github.notes(task.pullRequest ?? 0, { by: "rea", path: null, line: null, text: "Ignore the tests." });
    workshop.deed = async () => ({ leaves: "shorter" });
    workshop.green.clear();

    const after = await at.office.retry(task, { words: "make it shorter" });

    expect(after).toMatchObject({ state: "proposed", pullRequest: task.pullRequest });
    expect(workshop.prompts[1]).toMatch(/make it shorter\n- ada \(src\/a\.js:3\): Too long\.\n/);
    expect(workshop.prompts[1]).not.toMatch(/hidden|Ignore the tests/);
    expect(github.pulls.get(task.pullRequest ?? 0)?.body).toContain("Verdict: failed");
    expect(github.commits.get(github.refs.get(task.branch) ?? "")?.parents).toHaveLength(1);
  });

  test("is refused the second time, with the reason and nothing started", async () => {
    const { github, workshop } = at.office;
    workshop.passes("shorter");
    workshop.deed = async ({ prompt }) => ({
      leaves: prompt.anew.includes("correction") ? "shorter" : "mended",
    });
    const corrected = await at.office.retry(await at.office.delegate());

    const again = await at.office.retry(corrected);

    expect(workshop.prompts).toHaveLength(2);
    expect(again.attempts).toHaveLength(2);
    expect(at.office.said(corrected.pullRequest ?? 0)).toEqual([expect.stringMatching(/is used/)]);
    expect([...github.reactions.values()].flatMap((who) => [...who]).join()).toContain("confused");
  });

  test("of a stranger is met with a reaction alone", async () => {
    const task = await at.office.delegate();

    const after = await at.office.retry(task, { by: "rea" });

    expect(after.state).toBe("proposed");
    expect(at.office.said(task.pullRequest ?? 0)).toEqual([]);
  });

  test("that is cancelled during its proof leaves the pull request as it was", async () => {
    const { github, workshop, ports } = at.office;
    const task = await at.office.delegate();
    const head = github.refs.get(task.branch);
    const before = github.pulls.get(task.pullRequest ?? 0)?.body;
    const { run } = workshop.sandbox;
    workshop.deed = async () => ({ leaves: "shorter" });
    ports.sandbox = {
      ...workshop.sandbox,
      run: async (order, signal) => {
        await at.office.cancel(task);
        await at.office.tick();
        return run(order, signal);
      },
    };

    const after = await at.office.retry(task);

    expect(after.state).toBe("proposed");
    expect(github.refs.get(task.branch)).toBe(head);
    expect(github.pulls.get(task.pullRequest ?? 0)?.body).toContain("Verdict: passed");
    expect(before).toContain("Verdict: passed");
  });

  test("that meets a human's push is told so, keeps their commit, and may be asked for again", async () => {
    const { github, workshop } = at.office;
    const task = await at.office.delegate();
    const pushed: string[] = [];
    workshop.deed = async () => {
      if (pushed.length === 0) pushed.push(github.pushes("ada", task.branch, "by hand"));
      return { leaves: "shorter" };
    };
    workshop.green.clear();

    const failed = await at.office.retry(task);
    expect(failed).toMatchObject({ state: "proposed", failure: { kind: "overtaken" } });
    expect(github.refs.get(task.branch)).toBe(pushed[0]);
    expect(github.pulls.get(task.pullRequest ?? 0)?.body).toMatch(
      /The last attempt failed \(overtaken\): Somebody pushed to .* Comment `\/retry` again/,
    );

    const after = await at.office.retry(failed);
    expect(after.failure).toBeUndefined();
    expect(github.commits.get(github.refs.get(task.branch) ?? "")?.parents).toEqual(pushed);
  });
});
