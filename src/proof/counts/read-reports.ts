import { createHash, type Hash } from "node:crypto";
import { posix } from "node:path";
import type { CountsSource, TestCounts } from "../../domain/evidence/test-counts.ts";
import type { LeftFiles, TestReports } from "../../ports/workshop.ts";
import type { Ports } from "../../ports.ts";
import { chooseReports, isTap } from "./choose-reports.ts";
import { junitReader, type ReportReader, type Unread } from "./junit-reader.ts";
import { readTap } from "./read-tap.ts";
import { sumTallies, type Tally } from "./sum-tallies.ts";

/** More folders with reports than this are not named one by one, and so never compared. */
const mostFolders = 100;

/** What one report came to. */
type ReadReport = { path: string; found: Tally | Unread };

/** What the reports that a run wrote say of its tests; undefined where there are none that can be read. */
export async function readReports(
  { directory, before }: { directory: string; before: LeftFiles },
  { testReports }: Pick<Ports, "testReports">,
): Promise<TestCounts | undefined> {
  const { files, whole } = chooseReports(before, await testReports.list(directory));
  if (files.length === 0) return undefined;
  const read = await readEach(testReports.read(directory, files));
  const junit = read.filter((one) => !isTap(one));
  // Where there is JUnit, TAP would be the same tests again.
  const wanted = junit.some(({ found }) => typeof found !== "string") ? junit : read;
  const isAll = read.length === files.length && wanted.every(({ found }) => found !== "broken");
  return summed(wanted, whole && isAll);
}

/** The files come one after the other, each in pieces. */
async function readEach(pieces: ReturnType<TestReports["read"]>): Promise<ReadReport[]> {
  const read: ReadReport[] = [];
  const seen = new Set<string>();
  let current: { path: string; reader: ReportReader; hash: Hash } | undefined;
  const finish = () => {
    if (!current) return;
    const digest = current.hash.digest("hex");
    const found = current.reader.end();
    // A report that is copied to where it is collected tells nothing more.
    read.push({ path: current.path, found: seen.has(digest) ? "foreign" : found });
    seen.add(digest);
  };
  for await (const { path, bytes } of pieces) {
    if (path !== current?.path) {
      finish();
      current = { path, reader: isTap({ path }) ? tapReader() : junitReader(), hash: createHash("sha256") };
    }
    current.hash.update(bytes);
    current.reader.push(bytes);
  }
  finish();
  return read;
}

/** A file of TAP is small enough to be read at once. */
function tapReader(): ReportReader {
  const pieces: Uint8Array[] = [];
  return {
    push: (bytes) => void pieces.push(bytes),
    end: () => readTap(Buffer.concat(pieces).toString("utf8")) ?? "broken",
  };
}

function summed(read: ReadReport[], whole: boolean): TestCounts | undefined {
  const counted = read.flatMap(({ path, found }) => (typeof found === "string" ? [] : [{ path, found }]));
  const [first] = counted;
  if (!first) return undefined;
  const folders = [...new Set(counted.map(({ path }) => posix.dirname(path)))].toSorted();
  const source: CountsSource = {
    kind: isTap(first) ? "TAP" : "JUnit",
    names: counted.length === 1 ? [first.path] : folders.slice(0, mostFolders),
    files: counted.length,
  };
  const isWhole = whole && folders.length <= mostFolders;
  return { ...sumTallies(counted.map(({ found }) => found)), whole: isWhole, source };
}
