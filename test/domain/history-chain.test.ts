import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { chained, findBreak } from "../../src/domain/evidence/history-chain.ts";
import type { HistoryEntry, HistoryLine } from "../../src/domain/task/task.ts";
import { aTask } from "../fixtures/tasks.ts";

const entry = (what: string, details = {}): HistoryEntry => ({
  ...{ at: "2026-11-21T10:00:00.000Z", what, by: "ada" },
  details,
});
const three = [
  entry("created", { brief: "f".repeat(64) }),
  entry("proved", { sha: "e" }),
  entry("published"),
];
const { lines } = chained({ task: aTask(), entries: three }, undefined);

test("a history holds, written at once or line by line, and after a round through JSON", () => {
  const first = chained({ task: aTask(), entries: three.slice(0, 1) }, undefined);
  const rest = chained({ task: first.task, entries: three.slice(1) }, first.task.historyHead);

  expect([...first.lines, ...rest.lines]).toEqual(lines);
  expect(rest.task.historyHead).toBe(lines[2]?.sha256);
  expect(findBreak(JSON.parse(JSON.stringify(lines)))).toBeUndefined();
  expect(findBreak([])).toBeUndefined();
});

const [one, two, last] = lines as [HistoryLine, HistoryLine, HistoryLine];
const { sha256: _, ...bare } = two;
test.each<[string, HistoryLine[], number | undefined]>([
  ["a word changed", [one, { ...two, what: "Proved" }, last], 2],
  ["a detail changed", [{ ...one, details: { brief: "0" } }, two, last], 1],
  ["a detail added", [one, { ...two, details: { ...two.details, more: 1 } }, last], 2],
  ["somebody else", [one, two, { ...last, by: null }], 3],
  ["a line taken out", [one, last], 2],
  ["the first taken out", [two, last], 1],
  ["two in the wrong order", [two, one, last], 1],
  ["a line told twice", [one, one, two], 2],
  ["a hash taken out", [one, bare, last], 2],
  ["lines of an earlier version before", [{ ...entry("old") }, ...lines], undefined],
])("with %s", (_, told, broken) => {
  expect(findBreak(told)).toBe(broken);
});

test("any character changed in any line is found", () => {
  const text = lines.map((line) => JSON.stringify(line));
  fc.assert(
    fc.property(fc.nat(2), fc.nat(400), fc.constantFrom("0", "x", "Z", " "), (line, place, char) => {
      const before = text[line] ?? "";
      const at = place % before.length;
      const after = before.slice(0, at) + char + before.slice(at + 1);
      const changed = parsed(after);
      fc.pre(changed !== undefined && JSON.stringify(changed) !== before);
      expect(
        findBreak(lines.map((kept, index) => (index === line ? (changed as HistoryLine) : kept))),
      ).toBeDefined();
    }),
  );
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
