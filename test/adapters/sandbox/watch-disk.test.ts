import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { watchDisk } from "../../../src/adapters/sandbox/watch-disk.ts";

/** A file system that hardly anybody else writes to. */
const place = mkdtempSync("/dev/shm/drafthorse-");
afterAll(() => rmSync(place, { recursive: true }));

const mebibyte = 1024 ** 2;
const write = (path: string, mebibytes: number) => writeFileSync(path, Buffer.alloc(mebibytes * mebibyte, 1));

function watched(name: string, bound: number) {
  const directory = join(place, name);
  mkdirSync(directory);
  const watch = watchDisk([directory], { bound: bound * mebibyte, nameless: () => [] });
  return { directory, watch };
}

test("what others free does not hide what is written", async () => {
  const { directory, watch } = watched("hidden", 8);
  const foreign = join(place, "foreign");
  write(foreign, 12);
  expect(await watch.isOver()).toBe(false);
  rmSync(foreign);
  expect(await watch.isOver()).toBe(false);

  write(join(directory, "a"), 10);

  expect(await watch.isOver()).toBe(true);
});

test("a walk is not waited for where the bound may be met since the last one", async () => {
  const { directory, watch } = watched("quick", 8);
  expect(await watch.isOver()).toBe(false);
  write(join(directory, "a"), 7);
  expect(await watch.isOver()).toBe(false);

  write(join(directory, "b"), 2);

  expect(await watch.isOver()).toBe(true);
});
