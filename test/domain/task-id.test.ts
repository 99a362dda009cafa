import { expect, test } from "@jest/globals";
import { attemptKey, branchOf, marker, taskKey } from "../../src/domain/task/task-id.ts";

const id = { repositoryId: 1001, issueNumber: 12, round: 1 };

test.each([
  ["Fix the parser", "agent/12-fix-the-parser"],
  ["  Größe: 3 × 4!  ", "agent/12-gro-e-3-4"],
  ["日本語", "agent/12-task"],
  ["../../etc/passwd; rm -rf /", "agent/12-etc-passwd-rm-rf"],
  ["Add a way to ask whether a constructor inherits", "agent/12-add-a-way-to-ask-whether-a-constructor"],
  ["x".repeat(200), `agent/12-${"x".repeat(40)}`],
  ["--output=x.lock", "agent/12-output-x-lock"],
])("the branch of %j is %s", (title, branch) => {
  expect(branchOf(id, title)).toBe(branch);
});

test("a later round has a branch of its own", () => {
  expect(branchOf({ ...id, round: 3 }, "Fix it")).toBe("agent/12-fix-it-3");
});

test("keys hold neither a colon nor a bare integer, as BullMQ asks of job ids", () => {
  for (const key of [taskKey(id), attemptKey(id, 2)]) expect(key).toMatch(/^[a-z][a-z0-9-]+$/);
});

test("the marker is an HTML comment, which GitHub shows to nobody", () => {
  expect(marker(id, "status")).toBe("<!-- drafthorse:status 1001/12/1 -->");
});
