import { describe, expect, test } from "@jest/globals";
import type { Exit } from "../../src/domain/evidence/exit.ts";
import { renderInterruption, renderRepair, renderWrapUp } from "../../src/run/render-next-prompt.ts";
import { renderTaskFile } from "../../src/run/render-task-file.ts";
import { aBrief } from "../fixtures/tasks.ts";

const brief = aBrief({
  constraints: ["No regular expressions"],
  dependencies: [{ name: "left-pad", range: "^1" }],
});

const exit: Exit = {
  argv: ["sh", "-c", "npm test"],
  exitCode: 1,
  signal: null,
  endedBy: "itself",
  durationMs: 1_500,
  log: { sha256: "", bytes: 30, head: "", tail: "\u001b[31mnot ok 1\u001b[0m - digits stay\r\n\0# fail 1\n" },
};

describe("what an agent reads", () => {
  test("is the whole task, first", () => {
    expect(renderTaskFile({ title: "Keep digits", number: 7, brief })).toMatchSnapshot();
  });

  test("says from which registries the packages can be read, where there are any", () => {
    const told = renderTaskFile({ title: "Keep digits", number: 7, brief, registries: ["npm.test:8080"] });

    expect(told).toContain(
      "- `left-pad@^1`\n\nPackage managers can install them. You can read from `npm.test:8080`, and reach nothing else.",
    );
  });

  test("is what people said, in a correction", () => {
    const feedback = {
      words: "make it shorter",
      notes: [{ by: "ada", path: "src/a.js", line: 3, text: "Too long.\nReally." }],
    };

    const text = renderTaskFile({ title: "Keep digits", number: 7, brief, feedback });

    expect(text.slice(0, text.indexOf("## Goal"))).toMatchSnapshot();
  });

  test("is the end of a red validation's output, without its colours, in a repair", () => {
    expect(renderRepair({ command: "npm test", exit })).toMatchSnapshot();
  });

  test.each([
    [{ exitCode: null, signal: "SIGKILL" }, "It was killed by SIGKILL."],
    [{ exitCode: null, endedBy: "time" as const }, "It was stopped after 2 seconds without an end."],
  ])("names how a red validation ended: %j", (how, words) => {
    expect(renderRepair({ command: "npm test", exit: { ...exit, ...how } })).toContain(words);
  });

  test("is bounded however long the output was", () => {
    const log = { ...exit.log, tail: "x".repeat(100_000) };

    expect(renderRepair({ command: "npm test", exit: { ...exit, log } }).length).toBeLessThan(9_000);
  });

  test("is one thing where it was interrupted, and another near its end", () => {
    expect([renderInterruption(), renderWrapUp()]).toMatchSnapshot();
  });
});
