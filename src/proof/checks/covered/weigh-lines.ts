import { isTestPath } from "../../../domain/paths/test-path.ts";
import type { Trace } from "../../../ports/traces.ts";
import type { ChangedPlace } from "./check-covered.ts";

/** A changed file whose runtime alone knows which of its lines are run, and the lines that the change wrote. */
export type LinedCode = { path: string; lines: Set<number> };

const foreign = /(?:^|\/)(?:vendor|third_party|testdata)\//;

/** Code of which a file of coverage may tell, and no runtime that we watch. */
const unwatched = /\.(?:rs|java|kts?|scala|cs|fs|rb|php|exs?|swift|c|cc|cpp|cxx|m|vue|svelte|lua|dart|zig)$/;

/** Whether a path is that of code, outside tests, of which the run says which lines there are. */
export function isLinedPath(path: string): boolean {
  return (path.endsWith(".go") || unwatched.test(path)) && !isTestPath(path) && !foreign.test(path);
}

/** Whether nothing but a file of coverage can tell of a path. */
export function isUnwatchedPath(path: string): boolean {
  return unwatched.test(path);
}

/** Says of each changed line with code whether it was run; of a file that the trace does not have, that nobody knows. */
export function weighLines({ path, lines }: LinedCode, trace: Pick<Trace, "lines">): ChangedPlace[] {
  const known = trace.lines.get(path);
  const sorted = [...lines].toSorted((a, b) => a - b);
  const [first] = sorted;
  if (first === undefined) return [];
  if (!known) return [{ path, line: first, last: first, ran: undefined }];
  return sorted
    .filter((line) => known.code.has(line))
    .map((line) => ({ path, line, last: line, ran: known.ran.has(line) }));
}
