import type { FiledLines, RanLines } from "../../ports/traces.ts";
import type { LeftFiles } from "../../ports/workshop.ts";
import type { Ports } from "../../ports.ts";
import { chooseCoverage } from "./choose-coverage.ts";
import { readCoverageXml } from "./read-coverage-xml.ts";
import { readLcov } from "./read-lcov.ts";
import { ToldLines } from "./told-lines.ts";

/** What the files of coverage that a run left in its checkout say of some files of code. */
export async function readCoverage(
  { directory, before, paths }: { directory: string; before: LeftFiles; paths: string[] },
  { testReports }: Pick<Ports, "testReports">,
): Promise<FiledLines> {
  const filed = new Map<string, RanLines & { report: string }>();
  const files = chooseCoverage(before, await testReports.list(directory));
  if (files.length === 0) return filed;
  const pieces = new Map<string, Uint8Array[]>();
  for await (const { path, bytes } of testReports.read(directory, files))
    pieces.set(path, [...(pieces.get(path) ?? []), bytes]);
  const wanted = new Set(paths);
  for (const [report, bytes] of pieces) {
    const told = new ToldLines(report, { wanted, root: directory });
    const text = Buffer.concat(bytes).toString("utf8");
    if (report.toLowerCase().endsWith(".xml")) readCoverageXml(text, told);
    else readLcov(text, (...line) => told.add(...line));
    for (const [path, { ran, code }] of told.lines) {
      const known = filed.get(path);
      if (known) joinLines(known, { ran, code });
      else filed.set(path, { ran, code, report });
    }
  }
  return filed;
}

/** Packages and rounds of one run each write a file of their own. */
function joinLines(known: RanLines, more: RanLines): void {
  for (const line of more.ran) known.ran.add(line);
  for (const line of more.code) known.code.add(line);
}
