import { chmodSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { privateDirectory } from "../../src/adapters/host/private-directory.ts";
import { testDirectory } from "../support/test-directory.ts";

const directory = testDirectory();
const modeOf = (path: string) => statSync(path).mode & 0o777;

test("a new data directory is ours alone", async () => {
  await privateDirectory(join(directory, "deep/new"));

  expect(modeOf(join(directory, "deep/new"))).toBe(0o700);
});

test.each([
  [0o755, 0o750],
  [0o777, 0o770],
  [0o700, 0o700],
])("one of mode %o has mode %o afterwards", async (before, after) => {
  const path = join(directory, `mode-${before}`);
  mkdirSync(path);
  chmodSync(path, before);

  await privateDirectory(path);

  expect(modeOf(path)).toBe(after);
});
