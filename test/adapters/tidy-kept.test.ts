import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { tidyKept } from "../../src/adapters/setup/tidy-kept.ts";
import { recordingLog } from "../support/recording-log.ts";
import { testDirectory } from "../support/test-directory.ts";

const directory = testDirectory();
const day = 24 * 60 * 60;

/** Puts the last use of a file so many days back. */
function usedDaysAgo(path: string, days: number): void {
  const then = Date.now() / 1000 - days * day;
  utimesSync(path, then, then);
}

function baseline(data: string, name: string, { days, bytes = 10 }: { days: number; bytes?: number }): void {
  const place = join(data, "artefacts/baselines-1001");
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, name), Buffer.alloc(bytes));
  usedDaysAgo(join(place, name), days);
}

function setup(
  data: string,
  name: string,
  { days, kibibytes = 10 }: { days: number; kibibytes?: number },
): void {
  const place = join(data, "setups/1001", name);
  mkdirSync(place, { recursive: true });
  const made = { version: 1, shared: true, made: [], exclude: [], origin: "/x", kibibytes };
  writeFileSync(join(place, "made.json"), JSON.stringify(made));
  usedDaysAgo(join(place, "made.json"), days);
}

test("baselines go once nobody would believe them, and the oldest where they are too much", async () => {
  const data = join(directory, "baselines");
  baseline(data, "today.json", { days: 0.1, bytes: 600 });
  baseline(data, "yesterday.json", { days: 0.8, bytes: 600 });
  baseline(data, "last-week.json", { days: 7 });
  mkdirSync(join(data, "artefacts/1001-7-1"), { recursive: true });
  writeFileSync(join(data, "artefacts/1001-7-1/evidence-1.json"), "{}");
  usedDaysAgo(join(data, "artefacts/1001-7-1/evidence-1.json"), 80);

  await tidyKept(data, { log: recordingLog(), baselineBytes: 1_000 });

  expect(readdirSync(join(data, "artefacts/baselines-1001"))).toEqual(["today.json"]);
  expect(existsSync(join(data, "artefacts/1001-7-1/evidence-1.json"))).toBe(true);
});

test("results of set-ups go that nobody wanted for long, and the oldest where they are too much; never one in use", async () => {
  const data = join(directory, "setups");
  setup(data, "in-use", { days: 0, kibibytes: 10_000 });
  setup(data, "today", { days: 0.5, kibibytes: 600 });
  setup(data, "yesterday", { days: 1, kibibytes: 600 });
  setup(data, "last-year", { days: 300 });

  await tidyKept(data, { log: recordingLog(), setupKibibytes: 10_700 });

  expect(readdirSync(join(data, "setups/1001")).toSorted()).toEqual(["in-use", "today"]);
});

test("a new data directory has nothing to tidy", async () => {
  await tidyKept(join(directory, "none"), { log: recordingLog() });

  expect(existsSync(join(directory, "none"))).toBe(false);
});
