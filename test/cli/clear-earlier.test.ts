import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { clearEarlier } from "../../src/cli/run/clear-earlier.ts";
import { testDirectory } from "../support/test-directory.ts";

const directory = testDirectory();

function holding(...names: string[]): string {
  const out = mkdtempSync(join(directory, "out-"));
  for (const name of names) writeFileSync(join(out, name), "");
  return out;
}

test("an earlier run's files are gone before the next begins, and nobody else's", async () => {
  const logs = ["validation.log", "base-tests-again.log", "elsewhere-12.log"];
  const out = holding("history.jsonl", "body.md", "evidence.json", "notes.md", "build.log", ...logs);

  await clearEarlier(out);

  expect(readdirSync(out).toSorted()).toEqual(["build.log", "notes.md"]);
});

test("a directory in which no run left its history is left alone", async () => {
  const out = holding("body.md", "validation.log");

  await clearEarlier(out);

  expect(readdirSync(out)).toHaveLength(2);
});
