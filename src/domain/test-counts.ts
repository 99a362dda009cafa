import { z } from "zod";

/** How many tests the output of a run speaks of. */
export const TestCounts = z.object({
  passed: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative().describe("with errors"),
  skipped: z.number().int().nonnegative().describe("with pending, ignored and to do"),
  whole: z.boolean().describe("false: the middle of the log was not read, there may be more"),
});
export type TestCounts = z.infer<typeof TestCounts>;

/** The counts as people read them, for example `412 passed, 3 failed, 1 skipped`. */
export function describeCounts({ passed, failed, skipped, whole }: TestCounts): string {
  const parts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `${parts.join(", ")}${whole ? "" : " in what was read of the log"}`;
}
