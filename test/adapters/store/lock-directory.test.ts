import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { lockDirectory } from "../../../src/adapters/store/embedded/lock-directory.ts";
import { type LineProcess, lineProcess } from "../../support/line-process.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const fixture = join(import.meta.dirname, "store-process.js");

describe("a directory's lock", () => {
  let directory: string;
  let remove: () => Promise<void>;
  let child: LineProcess | undefined;

  beforeEach(async () => {
    ({ directory, remove } = await temporaryDirectory());
  });
  afterEach(async () => {
    await child?.kill();
    await remove();
  });

  const refused = {
    kind: "storage",
    message: expect.stringMatching(/in use by another process.* Repair: stop/),
  };

  test("refuses a second process, with the repair", async () => {
    const unlock = await lockDirectory(directory);
    child = lineProcess(fixture, ["embedded", directory, "open"]);

    const line = await child.until(() => true);

    expect(line).toMatch(/^failed: .* in use by another process.* Repair: stop that process/);
    await unlock();
  });

  test("refuses this process a second time, until it gives it back", async () => {
    const unlock = await lockDirectory(directory);

    await expect(lockDirectory(directory)).rejects.toMatchObject(refused);
    await unlock();
    await (await lockDirectory(directory))();

    expect(await readdir(directory)).toEqual([]);
  });

  test("is taken over from a process that is gone, by one of those who try", async () => {
    const unlock = await lockDirectory(directory);
    const owner = JSON.parse(await readFile(join(directory, "lock"), "utf8"));
    await unlock();
    // This process's number, but another start: the number was given again.
    await writeFile(join(directory, "lock"), JSON.stringify({ ...owner, started: "1" }));

    const attempts = await Promise.allSettled(Array.from({ length: 10 }, () => lockDirectory(directory)));

    const winners = attempts.flatMap((attempt) => (attempt.status === "fulfilled" ? [attempt.value] : []));
    expect(winners).toHaveLength(1);
    for (const attempt of attempts)
      if (attempt.status === "rejected") expect(attempt.reason).toMatchObject(refused);
    await winners[0]?.();
  });

  test("of a process that we cannot see is respected while that process touches it", async () => {
    const file = join(directory, "lock");
    await writeFile(file, JSON.stringify({ pid: 1, place: "another container", started: "1" }));
    let seconds = 0;
    const touching = setInterval(() => void utimes(file, seconds++, seconds), 200);

    const attempt = lockDirectory(directory, { untouchedMs: 1_000 });

    await expect(attempt).rejects.toMatchObject(refused);
    clearInterval(touching);
    await (await lockDirectory(directory, { untouchedMs: 1_000 }))();
  });
});
