import { posix } from "node:path";
import { inkless } from "../../domain/text/escape-markdown.ts";
import type { LeftFile, LeftFiles } from "../../ports/workshop.ts";

/** What is read of one report, of all together, and how many: a suite of 2,000 classes writes as many files. */
export const reportBounds = {
  fileBytes: 8 * 1024 * 1024,
  /** TAP is read at once, so less of it is. */
  tapBytes: 1024 * 1024,
  totalBytes: 32 * 1024 * 1024,
  files: 2_000,
};

/** A longer path is nothing that a person could read in a row. */
const longestPath = 300;

/** Names that runners and their users give to reports; what is in them decides. */
const reportNames =
  /^tests?-.+\.xml$|junit|^(?:.+[-_.])?(?:tests?|spec|rspec|pytest|phpunit|results?|reports?)(?:[-_.].+)?\.xml$/i;

/** Folders whose XML files are reports, whatever they are called. */
const reportFolders =
  /^(?:junit|(?:tests?|junit|surefire|failsafe|unit|e2e|integration)[-_]?(?:results?|reports?|output)|results?|reports?)$/i;

/** XML of other tools that lies beside reports and may be large; a folder of that name may hold reports all the same. */
const otherReports =
  /(?:^|[-_.])(?:coverage|cobertura|jacoco\w*|clover|checkstyle|eslint|lint|pmd|spotbugs|findbugs|testng)[-_.]/i;

/**
 * Folders with reports of others: what is installed, samples, projects that tests of build tools build, failing ones among
 * them. And `junitreports`, in which TestNG repeats what it has written beside it.
 */
const foreignFolders =
  /(?:^|\/)(?:node_modules|vendor|\.?venv|site-packages|_*fixtures?_*|testdata|__snapshots__|junitreports|te?mp|target\/its?)\//i;

/** The reports that a run wrote: what was there before it is not its own. */
export function chooseReports(before: LeftFiles, after: LeftFiles): { files: LeftFile[]; whole: boolean } {
  const old = new Set(before.files.map(({ path }) => path));
  const found = after.files.filter(({ path }) => isReportPath(path) && !old.has(path));
  const files: LeftFile[] = [];
  let room = reportBounds.totalBytes;
  for (const file of found.toSorted(byPath)) {
    if (files.length === reportBounds.files) break;
    if (file.bytes > Math.min(room, boundOf(file))) continue;
    files.push(file);
    room -= file.bytes;
  }
  return { files, whole: before.whole && after.whole && files.length === found.length };
}

/** Whether a path is, by convention, that of a test report. */
export function isReportPath(path: string): boolean {
  const folders = path.split("/");
  const name = folders.pop() ?? "";
  if (path.length > longestPath || /[\n\t]/.test(path) || inkless.test(path)) return false;
  if (foreignFolders.test(path)) return false;
  if (isTap({ path })) return true;
  if (posix.extname(name).toLowerCase() !== ".xml" || otherReports.test(name)) return false;
  return reportNames.test(name) || folders.some((folder) => reportFolders.test(folder));
}

/** Whether a report is TAP, by its name. */
export function isTap({ path }: Pick<LeftFile, "path">): boolean {
  return path.toLowerCase().endsWith(".tap");
}

function boundOf(file: LeftFile): number {
  return isTap(file) ? reportBounds.tapBytes : reportBounds.fileBytes;
}

function byPath({ path: one }: LeftFile, { path: other }: LeftFile): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
