import type { Measurement } from "../../domain/evidence/evidence.ts";

/** A test that failed, as its runner names it; `path` where the runner says the file, below its directory. */
export type FailedTest = { name: string; path?: string };

/** More names than these are nothing that a person would read. */
const mostNames = 200;

/** Runners' words for one failed test, each with a `name` and some with a `path`. */
const signs: RegExp[] = [
  // node's and others' points of TAP; those of suites are left out, and of what is excused
  /^ *not ok \d{1,9} - (?!.*(?<!\\)# *(?:SKIP|TODO)\b)(?<name>.{1,300}?)(?: # time=.*)?$(?!(?:\n(?! +\.\.\.) .*){0,12}\n +failureType: 'subtestsFailed')/gim,
  // node, below its tests
  /^test at .{1,300}:\d{1,9}:\d{1,9}\n✖ (?<name>.{1,300}?) \([\d.]{1,20}ms\)/gm,
  // jest, vitest, bun
  /^ {2}● (?!Test suite failed to run$)(?:.{1,300} › )?(?<name>.{1,300})$/gm,
  /^ *FAIL +(?:\|[^|\n]{1,60}\| )?(?<path>[^\s>]{1,300}) > (?:.{1,300} > )?(?<name>.{1,300})$/gm,
  /^\(fail\) (?:.{1,300} > )?(?<name>.{1,300}?)(?: \[[\d.]{1,20}ms\])?$/gm,
  // mocha, among its tests
  /^ {4,40}\d{1,5}\) (?<name>.{1,300})$/gm,
  // pytest, unittest
  /^(?:FAILED|ERROR) (?<path>[^\s:]{1,300}\.py)::(?:\w{1,200}::)*(?<name>\w{1,200})/gm,
  /^(?:FAIL|ERROR): (?<name>\w{1,200}) \((?!unittest\.loader)[\w.]{1,300}\)/gm,
  // go, cargo, rspec, phpunit
  /^ {0,40}--- FAIL: (?<name>\S{1,300}) \(/gm,
  /^test (?:\S{1,300}::)?(?<name>\w{1,200}) \.\.\. FAILED$/gm,
  /^rspec \.\/(?<path>[^\s:]{1,300}):\d{1,9} # (?<name>.{1,300})$/gm,
  /^\d{1,5}\) [\w\\]{1,300}::(?<name>\w{1,200})/gm,
];

/** The tests that the end of a red run's log names as failed, each once; none where no runner is known by its words. */
export function failedTests({ exit }: Pick<Measurement, "exit">): FailedTest[] {
  if (exit.exitCode === 0) return [];
  const text = exit.log.tail.replaceAll("\r\n", "\n");
  const found = new Map<string, FailedTest>();
  for (const sign of signs)
    for (const { groups } of text.matchAll(sign)) {
      const name = bareTestName(groups?.name ?? "");
      const path = groups?.path;
      if (found.size < mostNames) found.set(`${path}\0${name}`, { name, ...(path && { path }) });
    }
  return [...found.values()];
}

/** TAP escapes its own signs; some runners put the file and the suites before the name. */
function bareTestName(told: string): string {
  return (told.split(" > ").at(-1) ?? told).replace(/\\(?=[#\\])/g, "").trim();
}
