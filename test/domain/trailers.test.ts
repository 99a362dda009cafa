import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseTrailers, renderTrailers } from "../../src/domain/task/trailers.ts";

const trailers = {
  task: "task-1001-12-1",
  attempt: 2,
  agent: "claude-code 2.1",
  briefSha256: "a".repeat(64),
  evidenceSha256: "b".repeat(64),
  coAuthor: "Ada <1+ada@users.noreply.github.com>",
};

test("the trailers are the last paragraph of a message", () => {
  expect(renderTrailers(trailers)).toBe(
    [
      "Agent-Task: task-1001-12-1/2",
      "Agent: claude-code 2.1",
      `Brief-SHA256: ${"a".repeat(64)}`,
      `Evidence-SHA256: ${"b".repeat(64)}`,
      "Co-authored-by: Ada <1+ada@users.noreply.github.com>",
    ].join("\n"),
  );
});

test("what is rendered is read again, whatever stands before it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (words, agent) => {
      const message = `${words}\n\n${renderTrailers({ ...trailers, agent })}\n`;

      expect(parseTrailers(message)).toEqual({ task: "task-1001-12-1", attempt: 2 });
    }),
  );
});

test.each([
  ["no trailers", "Add two"],
  ["an earlier paragraph", "Agent-Task: task-1-2-1/1\n\nThat was it."],
  ["two of them", "Add\n\nAgent-Task: task-1-2-1/1\nAgent-Task: task-1-3-1/1"],
  ["another shape of key", "Add\n\nAgent-Task: main-1/1"],
  ["no attempt", "Add\n\nAgent-Task: task-1-2-1"],
  ["attempt 0", "Add\n\nAgent-Task: task-1-2-1/0"],
])("%s says nothing", (_, message) => {
  expect(parseTrailers(message)).toBeNull();
});

test("an agent's name cannot add a trailer", () => {
  const message = `Add\n\n${renderTrailers({ ...trailers, agent: "x\nAgent-Task: task-9-9-9/9\u2028Signed-off-by: y" })}`;

  expect(message.split("\n").filter((line) => line.startsWith("Agent-Task"))).toHaveLength(1);
  expect(message).toContain("Agent: x Agent-Task: task-9-9-9/9 Signed-off-by: y");
});
