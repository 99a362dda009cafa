import { stripVTControlCharacters } from "node:util";

/** How much of a job's log is quoted, in characters: its share of a note to an agent, beside what its page says. */
const longest = 3_000;

/** The time that GitHub Actions writes before each line. */
const time = /^\uFEFF?\d{4}-\d\d-\d\dT[\d:.]+Z ?/;

/**
 * The end of what failed in a log of GitHub Actions: the lines up to the last `##[error]`, for what follows only tidies up;
 * without times and colours.
 */
export function endOfJobLog(log: string): string {
  const lines = stripVTControlCharacters(log)
    .split(/\r?\n/)
    .map((line) => line.replace(time, ""));
  const last = lines.findLastIndex((line) => line.startsWith("##[error]"));
  const failed = (last < 0 ? lines : lines.slice(0, last + 1)).join("\n").trim();
  return failed.length > longest ? failed.slice(-longest) : failed;
}
