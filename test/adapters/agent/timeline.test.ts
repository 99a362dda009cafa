import { describe, expect, test } from "@jest/globals";
import { openTimeline } from "../../../src/adapters/agent/timeline.ts";
import type { AgentUpdate } from "../../../src/domain/task/live-event.ts";

function play(...updates: object[]) {
  const notes: AgentUpdate[] = [];
  const timeline = openTimeline({ note: (update) => notes.push(update) });
  timeline.begin();
  for (const update of updates) timeline.update({ sessionId: "s", update });
  timeline.close();
  return { notes, summary: timeline.summary(), costUsd: timeline.costUsd() };
}

const say = (text: string, messageId?: string): object => ({
  sessionUpdate: "agent_message_chunk",
  content: { type: "text", text },
  ...(messageId ? { messageId } : {}),
});
const tool = (toolCallId: string, title: string): object => ({
  sessionUpdate: "tool_call",
  toolCallId,
  title,
});
const toolUpdate = (toolCallId: string, rest: object): object => ({
  sessionUpdate: "tool_call_update",
  toolCallId,
  ...rest,
});

describe("a timeline", () => {
  test("tells messages apart by their ids, and by what came between", () => {
    const { notes, summary } = play(
      say("a", "1"),
      say("b", "1"),
      say("c", "2"),
      tool("t", "Edit x"),
      say("d", "2"),
    );

    expect(notes.map(({ text }) => text)).toEqual(["ab", "c", "Edit x", "d"]);
    expect(summary).toBe("d");
  });

  test("keeps the last words where the turn ends with an act", () => {
    expect(play(say("I am done."), tool("t", "Clean up"), say(" \n")).summary).toBe("I am done.");
  });

  const ends = toolUpdate("t", { status: "completed" });
  const goesOn = toolUpdate("t", { status: "in_progress" });
  const thinks = { sessionUpdate: "agent_thought_chunk", content: { type: "text", text: "Hm." } };
  test.each([
    ["a tool that ends between them", [say("Done."), ends, say("I changed x.")], "Done.\n\nI changed x."],
    ["a tool that ended badly", [say("Hm."), toolUpdate("t", { status: "failed" }), say("No.")], "No."],
    ["ids", [say("Done.", "1"), say("I changed ", "2"), say("x.", "2")], "Done.\n\nI changed x."],
    ["an id at all", [say("Done."), say("I changed x.", "2")], "Done.\n\nI changed x."],
    ["a thought", [say("Done."), thinks, say("I changed x.")], "Done.\n\nI changed x."],
    ["a tool that begins", [say("I look."), tool("u", "Look"), say("Done.")], "Done."],
    ["another call of a known tool", [say("I look."), tool("t", "Edit"), say("Done.")], "Done."],
  ])("tells messages apart by %s", (_, said, summary) => {
    const played = play(tool("t", "Edit"), ...said);

    expect(played.summary).toBe(summary);
    expect(played.notes.filter(({ kind }) => kind === "message")).toHaveLength(2);
  });

  test.each([
    ["a tool's output that comes in meanwhile", [say("I ch"), goesOn, say("anged x.")]],
    ["a tool that ends meanwhile", [say("I ch", "1"), ends, say("anged x.", "1")]],
    ["what it does not know", [say("I ch"), { sessionUpdate: "telepathy" }, say("anged x.")]],
    ["what was spent", [say("I ch"), { sessionUpdate: "usage_update", used: 1, size: 2 }, say("anged x.")]],
  ])("does not cut a message in two for %s", (_, said) => {
    const played = play(tool("t", "Edit"), ...said);

    expect(played.summary).toBe("I changed x.");
    expect(played.notes.map(({ text }) => text)).toEqual(["Edit", "I changed x."]);
  });

  test("notes a tool once, again when its title changes, and when it fails", () => {
    const { notes } = play(
      tool("t", "Terminal"),
      toolUpdate("t", { status: "in_progress" }),
      toolUpdate("t", { title: "npm test" }),
      toolUpdate("t", { status: "failed" }),
    );

    expect(notes.map(({ text }) => text)).toEqual(["Terminal", "npm test", "failed: npm test"]);
  });

  test("passes over what it does not know", () => {
    const odd = [{}, { sessionUpdate: "telepathy" }, { sessionUpdate: "plan", entries: 5 }, say("ok")];

    expect(play(...odd).notes).toEqual([{ kind: "message", text: "ok" }]);
  });

  test("cuts a long message into notes without losing any of it", () => {
    const long = "äöü€😀".repeat(1_000);
    const { notes } = play(say(long));

    expect(notes.map(({ text }) => text).join("")).toBe(long);
    expect(Math.max(...notes.map(({ text }) => Buffer.byteLength(text)))).toBeLessThanOrEqual(2_048);
  });

  test("ends with a word about it where there is too much", () => {
    const { notes } = play(
      ...Array.from({ length: 3_000 }, (_, index) => tool(`t${index}`, `Tool ${index}`)),
    );

    expect(notes).toHaveLength(2_000);
    expect(notes.at(-1)?.text).toBe("(no more is noted)");
  });

  test.each([
    [{ amount: 1.5, currency: "USD" }, 1.5],
    [{ amount: 1.5, currency: "EUR" }, null],
    [{ amount: -1, currency: "USD" }, null],
    [null, null],
  ])("reads the cost %j as %p", (cost, expected) => {
    expect(play({ sessionUpdate: "usage_update", used: 1, size: 2, cost }).costUsd).toBe(expected);
  });
});
