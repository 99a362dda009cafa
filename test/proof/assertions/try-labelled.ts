import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Breakable } from "../../../src/proof/checks/assertions/breakable.ts";
import { withEdits } from "../../../src/proof/checks/assertions/edit.ts";
import { findBreakables } from "../../../src/proof/checks/assertions/find-breakables.ts";
import {
  afterRun,
  type BreakTrial,
  beginTrial,
  nextBatch,
} from "../../../src/proof/checks/assertions/plan-trial.ts";
import { failedTests } from "../../../src/proof/explain/failed-tests.ts";
import { aMeasurement } from "../../fixtures/evidence.ts";

/** A file of labelled tests, where it is written, how it is run, and what else lies beside it. */
export type Labelled = {
  fixture: string;
  path: string;
  argv: [string, ...string[]];
  beside?: Record<string, string>;
  env?: Record<string, string>;
};

/** What came of each test, by the names of the tests. */
export type Tried = {
  noticed: string[];
  survived: string[];
  unsure: string[];
  untried: string[];
  runs: number;
};

const fixtures = resolve(import.meta.dirname, "../../../../test/fixtures/assertions");

/** Breaks every assertion of a labelled file with its real runner, as the proof does it. */
export function tryLabelled(
  { fixture, path, argv, beside = {}, env = {} }: Labelled,
  directory: string,
): Tried {
  const text = readFileSync(join(fixtures, fixture), "utf8");
  const { found } = findBreakables(path, text);
  let trial = beginTrial(found.filter(({ why }) => why === ""));
  let runs = 0;
  for (const [name, content] of Object.entries({ ...beside, [path]: text }))
    place(join(directory, name), content);
  const run = (): { code: number | null; output: string } => {
    const [program, ...words] = argv;
    const all = { ...process.env, CI: "true", NODE_TEST_CONTEXT: undefined, NODE_OPTIONS: "", ...env };
    const ended = spawnSync(program, words, { cwd: directory, encoding: "utf8", env: all });
    const output = `${ended.stdout}${ended.stderr}${ended.error ?? ""}`;
    return { code: ended.status, output: stripVTControlCharacters(output) };
  };
  const first = run();
  if (first.code !== 0) throw new Error(`the labelled tests are red themselves:\n${first.output}`);
  for (let batch = nextBatch(trial); batch.length > 0; batch = nextBatch(trial), runs += 1) {
    place(
      join(directory, path),
      withEdits(
        text,
        batch.flatMap(({ edits }) => edits),
      ),
    );
    trial = afterRun(trial, { batch, run: outcomeOf(run()) });
  }
  return { ...named(trial), untried: namesOf(found.filter(({ why }) => why !== "")), runs };
}

function outcomeOf({ code, output }: { code: number | null; output: string }) {
  if (code === 0) return "green" as const;
  const { exit } = aMeasurement({ exitCode: code, log: { sha256: "", bytes: 0, head: "", tail: output } });
  const failed = failedTests({ exit });
  return { failed, isByTests: failed.length > 0 };
}

function named({ noticed, survived, unsure }: BreakTrial): Omit<Tried, "untried" | "runs"> {
  return { noticed: namesOf(noticed), survived: namesOf(survived), unsure: namesOf(unsure) };
}

function namesOf(all: Breakable[]): string[] {
  return [...new Set(all.map(({ test, line }) => test || `line ${line}`))];
}

function place(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
