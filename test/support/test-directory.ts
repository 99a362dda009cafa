import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";

/** A directory that is gone when the tests of the file are over. */
export function testDirectory(): string {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), "drafthorse-test-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
