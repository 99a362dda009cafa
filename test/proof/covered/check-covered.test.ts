import { describe, expect, test } from "@jest/globals";
import type { Trace } from "../../../src/ports/traces.ts";
import { type ChangedPlace, checkCovered } from "../../../src/proof/checks/covered/check-covered.ts";
import { settleTrace } from "../../../src/proof/checks/covered/settle-trace.ts";
import type { WasRun } from "../../../src/proof/checks/covered/weigh-trace.ts";

const at = (line: number, ran: WasRun, path = "src/a.js") =>
  ({ path, line, last: line, ran }) as unknown as ChangedPlace;
const facts = { why: "", noTest: undefined };
const told = ({ status, line }: ReturnType<typeof checkCovered>) => `${status}: ${line}`;

test.each<[string, Parameters<typeof checkCovered>[0], string]>([
  ["nothing to be run", { ...facts, places: [] }, "pass: no line that is run was changed outside the tests"],
  [
    "all of it run",
    { ...facts, places: [at(1, true), at(2, true)] },
    "pass: the run reached each of 2 changed statements",
  ],
  [
    "some of it run",
    { ...facts, places: [at(1, true), at(2, false)] },
    "pass: the run did not reach 1 of 2 changed statements",
  ],
  [
    "none of it run",
    { ...facts, places: [at(1, false)] },
    "attention: the run did not reach 1 of 1 changed statements",
  ],
  [
    "none of it run, and nothing needs to be shown",
    { places: [at(1, false)], why: "", noTest: "docs" },
    "pass: the run did not reach 1 of 1 changed statements",
  ],
  [
    "some of it untold, the rest run",
    { ...facts, places: [at(1, undefined), at(2, true)] },
    "pass: the run reached the changed statement",
  ],
  [
    "all of it untold",
    { ...facts, places: [at(1, undefined)] },
    "not measured: No changed line could be told apart in what was run: it was run from a build without source maps.",
  ],
  ["not measured", { places: [], why: "Too late.", noTest: undefined }, "not measured: Too late."],
])("%s", (_, given, expected) => {
  expect(told(checkCovered(given))).toBe(expected);
});

test("neighbours are one finding", () => {
  const places = [at(7, false), at(2, true), at(3, false), at(4, false), at(9, false, "src/b.js")];

  expect(checkCovered({ ...facts, places }).findings).toEqual([
    { path: "src/a.js", line: 3, message: "No test ran lines 3 to 4." },
    { path: "src/a.js", line: 7, message: "No test ran this line." },
    { path: "src/b.js", line: 9, message: "No test ran this line." },
  ]);
});

describe("what a trace tells for sure", () => {
  const trace: Trace = { scripts: [], lines: new Map(), loaded: ["src/b.js"], mapped: [], whole: true };
  const tree = { tracked: new Set(["src/b.js"]), inBrowser: false };
  const script = { path: "src/a.js", source: "", ran: [], shift: 0 };
  const ended = "A process of the tests was ended before it told which lines it ran.";
  const unseen =
    "Nothing that could be watched ran code of this project: neither Node.js, Python nor the tests of Go did.";

  test.each<[string, Parameters<typeof settleTrace>[1], WasRun[], WasRun[], string]>([
    ["a file that nobody loaded", { trace, ...tree }, [undefined], [false], ""],
    [
      "a line of a loaded file that cannot be told",
      { trace: { ...trace, scripts: [script] }, ...tree },
      [undefined],
      [undefined],
      "",
    ],
    [
      "nothing loaded at all",
      { trace: { ...trace, loaded: [] }, tracked: new Set(), inBrowser: false },
      [undefined],
      [undefined],
      unseen,
    ],
    [
      "only tests loaded",
      { trace: { ...trace, loaded: ["test/a.js"] }, tracked: new Set(["test/a.js"]), inBrowser: false },
      [undefined],
      [undefined],
      unseen,
    ],
    [
      "a process that was ended",
      { trace: { ...trace, whole: false }, ...tree },
      [false, true],
      [false, true],
      ended,
    ],
    [
      "a process that was ended, and all ran",
      { trace: { ...trace, whole: false }, ...tree },
      [true],
      [true],
      "",
    ],
    [
      "tests in a browser",
      { trace, ...tree, inBrowser: true },
      [undefined],
      [undefined],
      "Tests run in a browser, where nobody watches which lines are run.",
    ],
    [
      "a build without a map",
      { trace: { ...trace, loaded: ["src/b.js", "dist/a.js"] }, ...tree },
      [false],
      [false],
      "dist/a.js was made by the run, and has no source map that tells of which lines.",
    ],
    [
      "a build with a map",
      { trace: { ...trace, loaded: ["src/b.js", "dist/a.js"], mapped: ["dist/a.js"] }, ...tree },
      [false],
      [false],
      "",
    ],
  ])("%s", (_, given, before, after, why) => {
    const settled = settleTrace(
      before.map((ran, index) => at(index + 1, ran)),
      given,
    );

    expect(settled.places.map(({ ran }) => ran)).toEqual(after);
    expect(settled.why).toBe(why);
  });
});
