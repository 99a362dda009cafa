import { z } from "zod";

/** Where counts of tests come from: all of it is text that the code under test wrote. */
export const CountsSource = z.object({
  kind: z
    .enum(["log", "JUnit", "TAP"])
    .describe("the run's log, or the test reports that it left in its checkout"),
  names: z
    .array(z.string())
    .min(1)
    .describe("the runners whose words the log has; else the one report's path, or the folders of several"),
  files: z.number().int().positive().optional().describe("how many reports were counted"),
});
export type CountsSource = z.infer<typeof CountsSource>;

/** How many tests a run speaks of. */
export const TestCounts = z.object({
  passed: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative().describe("with errors"),
  skipped: z.number().int().nonnegative().describe("with pending, ignored and to do"),
  whole: z
    .boolean()
    .describe(
      "false: the middle of the log, or some of the reports, was not read, or the run was stopped: there may be more",
    ),
  source: CountsSource.optional().describe("absent in evidence of versions that read nothing but the log"),
});
export type TestCounts = z.infer<typeof TestCounts>;

/** The longest name of a source that is shown, in characters; of a longer one its end is. */
const longestName = 80;

/** The counts as people read them, for example `412 passed, 3 failed, 1 skipped`. */
export function describeCounts({ passed, failed, skipped, whole }: TestCounts): string {
  const parts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `${parts.join(", ")}${whole ? "" : " in what was read"}`;
}

/** Where counts come from, for example `log: jest` or `JUnit: 12 files in build/test-results`. */
export function describeSource({ source }: TestCounts): string {
  if (!source) return "log";
  const { kind, names, files = 1 } = source;
  if (kind === "log") return `log: ${names.join(", ")}`;
  const [name = ""] = names;
  if (files === 1) return `${kind}: ${endOfName(name)}`;
  const place = names.length > 1 ? `${names.length} folders` : name === "." ? "the root" : endOfName(name);
  return `${kind}: ${files} files in ${place}`;
}

function endOfName(name: string): string {
  return name.length > longestName ? `…${name.slice(-longestName)}` : name;
}
