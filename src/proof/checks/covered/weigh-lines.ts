import { isTestPath } from "../../../domain/paths/test-path.ts";
import type { Trace } from "../../../ports/traces.ts";
import type { ChangedPlace } from "./check-covered.ts";

/** A changed file whose runtime alone knows which of its lines are run, and the lines that the change wrote. */
export type LinedCode = { path: string; lines: Set<number> };

const foreign = /(?:^|\/)(?:vendor|third_party|testdata)\//;

/** Whether a path is that of code, outside tests, of which the runtime says which lines there are: Go. */
export function isLinedPath(path: string): boolean {
  return path.endsWith(".go") && !isTestPath(path) && !foreign.test(path);
}

/** Says of each changed line with code whether it was run; of a file that the trace does not have, that nobody knows. */
export function weighLines({ path, lines }: LinedCode, trace: Trace): ChangedPlace[] {
  const known = trace.lines.get(path);
  const sorted = [...lines].toSorted((a, b) => a - b);
  const [first] = sorted;
  if (first === undefined) return [];
  if (!known) return [{ path, line: first, last: first, ran: undefined }];
  return sorted
    .filter((line) => known.code.has(line))
    .map((line) => ({ path, line, last: line, ran: known.ran.has(line) }));
}
