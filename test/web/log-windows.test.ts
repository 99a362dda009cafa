import { describe, expect, test } from "@jest/globals";
import { openLogWindows } from "../../src/web/open-log-windows.ts";

type Read = { from: number; bytes: number };

/** Windows over one text, with what was read of it. */
function windowsOf(text: string) {
  const reads: Read[] = [];
  const bytes = Buffer.from(text);
  const windows = openLogWindows({
    part: async (name, at) => {
      reads.push(at);
      return name === "there.log" ? bytes.subarray(at.from, at.from + at.bytes) : undefined;
    },
  });
  return { windows, reads };
}

const numbered = (count: number, end = "\n") =>
  Array.from({ length: count }, (_, at) => `line ${at + 1}`).join("\n") + end;

describe("a log by windows", () => {
  test.each([
    { what: "an empty log", text: "", line: 1, first: 1, lines: 0, total: 0, last: undefined },
    {
      what: "one line without an end",
      text: "line 1",
      line: 9,
      first: 1,
      lines: 1,
      total: 1,
      last: "line 1",
    },
    {
      what: "exactly one window",
      text: numbered(500),
      line: 500,
      first: 1,
      lines: 500,
      total: 500,
      last: "line 500",
    },
    {
      what: "the line behind it",
      text: numbered(501),
      line: 501,
      first: 501,
      lines: 1,
      total: 501,
      last: "line 501",
    },
    {
      what: "beyond the end",
      text: numbered(1_200, ""),
      line: 9_999,
      first: 1_001,
      lines: 200,
      total: 1_200,
      last: "line 1200",
    },
    {
      what: "before the beginning",
      text: numbered(700),
      line: -3,
      first: 1,
      lines: 500,
      total: 700,
      last: "line 500",
    },
  ])("$what: $lines lines from $first on, of $total", async ({ text, line, last, first, lines, total }) => {
    const shown = await windowsOf(text).windows.at("there.log", line);

    expect({ ...shown, lines: shown?.lines.length }).toEqual({ first, lines, total, cut: false });
    expect(shown?.lines.at(-1)).toBe(last);
  });

  test("that nobody wrote is none", async () => {
    expect(await windowsOf("").windows.at("other.log", 1)).toBeUndefined();
  });

  test("with a line as long as a book says that it is cut", async () => {
    const { windows } = windowsOf(`first\n${"x".repeat(3_000_000)}\n${numbered(600)}`);

    const [first, second] = [await windows.at("there.log", 1), await windows.at("there.log", 501)];

    expect([first?.cut, first?.lines.length, second?.cut, second?.lines[0]]).toEqual([
      true,
      2,
      false,
      "line 499",
    ]);
  });

  test("of 200 MB is read whole once, and then a window at a time", async () => {
    const size = 200 * 1024 * 1024;
    const page = Buffer.from(`${"y".repeat(63)}\n`.repeat(131_072));
    const reads: Read[] = [];
    const windows = openLogWindows({
      part: async (_, at) => {
        reads.push(at);
        return page.subarray(0, Math.max(0, Math.min(at.bytes, size - at.from)));
      },
    });
    await windows.at("there.log", 1);
    reads.length = 0;

    const shown = await windows.at("there.log", 3_000_000);

    expect(shown).toMatchObject({ first: 2_999_501, total: size / 64 });
    expect(reads).toEqual([{ from: 2_999_500 * 64, bytes: 500 * 64 }]);
  });
});
