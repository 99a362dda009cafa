import { beforeEach, describe, expect, test } from "@jest/globals";
import { Questions } from "../../src/domain/evidence/questions.ts";
import type { Task } from "../../src/domain/task/task.ts";
import { taskKey } from "../../src/domain/task/task-id.ts";
import { Office } from "./office.ts";

const at = {} as { office: Office };
beforeEach(() => {
  at.office = new Office();
  at.office.workshop.code = "if (a >= 9 && b) f();\nreturn0(a === b);\n";
});

const broken = ["if (a > 9 && b) f();\nreturn0(a === b);\n", "if (a >= 9 && b) f();\nreturn0(a !== b);\n"];
const body = ({ pullRequest = 0 }: Task) => at.office.github.pulls.get(pullRequest)?.body ?? "";
const asked = async (task: Task) =>
  (await at.office.store.tasks.history(task.id))
    .map(({ what }) => what)
    .filter((what) => /asked \d|question/.test(what));
const all = ["questions taken up", "asked 1", "asked 2", "questions kept", "questions shown"];

describe("questions about a published change", () => {
  test("arrive by editing, once each, in the pull request, the check run and a document of their own", async () => {
    const { office } = at;
    office.workshop.notices = false;

    const task = await office.delegate();

    expect(office.workshop.edits).toEqual(broken);
    expect(await asked(task)).toEqual(all);
    expect(body(task)).toContain(
      "- `src/a.js:1` With `a > 9` for `a >= 9` all tests pass: is the boundary held?",
    );
    expect(body(task)).toContain("| ✅ mutants | 2 questions below. |");
    const validations = office.github.checks.filter(({ name }) => name === "drafthorse/validation");
    expect(validations).toHaveLength(1);
    expect(validations[0]?.text).toContain("### Questions to the reviewer");
    const kept = await office.ports.artefacts.read(`${taskKey(task.id)}/questions-1.json`);
    const { questions } = Questions.parse(JSON.parse(Buffer.from(kept ?? "").toString("utf8")));
    expect(questions.map(({ noticed }) => noticed)).toEqual([false, false]);
    expect(task).toMatchObject({
      state: "proposed",
      attempts: [{ evidence: { verdict: "passed" } }],
    });
  });

  test("are none where tests notice, and the evidence never knew of them", async () => {
    const task = await at.office.delegate();

    expect(body(task)).toContain("| ✅ mutants | tests noticed every changed line that was broken. |");
    expect(body(task)).not.toContain("### Questions");
    expect(at.office.github.checks[0]?.text).toContain(
      "2 changed lines are broken once the pull request is open",
    );
  });

  test("are handed to the agent by /retry", async () => {
    at.office.workshop.notices = false;
    const task = await at.office.delegate();

    await at.office.retry(task, { words: "go on" });

    expect(at.office.workshop.prompts[1]).toContain("All tests pass with `a > 9` for `a >= 9`.");
  });

  test("are open in the pull request until they are asked, and end where it is closed meanwhile", async () => {
    const { office } = at;
    const seen: string[] = [];
    const { run } = office.ports.sandbox;
    office.ports.sandbox.run = async (order, signal) => {
      const [open] = office.github.pulls.values();
      if (open) {
        seen.push(open.body);
        await office.close(open.number);
      }
      return run(order, signal);
    };

    const task = await office.delegate();

    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain("Still measuring: 2 changed lines are broken one by one.");
    expect(await asked(task)).toEqual(["questions taken up"]);
    expect(task.state).toBe("ended: rejected");
    expect(office.workshop.closed.at(-1)).toBe(`${taskKey(task.id)}-attempt-1-questions`);
  });

  test("are not asked again that were asked before a crash", async () => {
    const { office } = at;
    const { edit } = office.ports.objects;
    const broke = new Set<string>();
    office.ports.objects.edit = async (...args) => {
      const tree = await edit(...args);
      if (office.workshop.edits.length === 2 && broke.size === 0) {
        broke.add(tree);
        throw new Error("the disk is full");
      }
      return tree;
    };

    const task = await office.delegate();

    expect(task.state).toBe("proposed");
    expect(office.workshop.edits.filter((text) => text === broken[0])).toHaveLength(1);
    expect(body(task)).toContain("were not tried. the disk is full");
  });

  test("are none where the rules switch them off", async () => {
    const { office } = at;
    office.github.fileTexts.set(".github/drafthorse.yml", "limits: { questionMinutes: 0 }");

    const task = await office.delegate();

    expect(office.workshop.edits).toEqual([]);
    expect(body(task)).toContain("It is switched off (limits.questionMinutes).");
  });
});
