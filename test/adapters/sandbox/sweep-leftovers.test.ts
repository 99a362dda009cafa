import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { plantedPrefix } from "../../../src/adapters/sandbox/probes/plant.ts";
import { proxyPrefix } from "../../../src/adapters/sandbox/socket-place.ts";
import { sweepLeftovers } from "../../../src/adapters/sandbox/sweep-leftovers.ts";
import { isMarkOfDead, ownMark } from "../../../src/adapters/sandbox/worker-mark.ts";
import { eventually, processesWith } from "../../support/processes.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { markedSeconds } from "./confined.ts";

const directory = testDirectory();

test("a worker without a sandbox that is killed takes the group of its command with it", async () => {
  const seconds = markedSeconds();
  const fixture = join(import.meta.dirname, "worker-fixture.js");
  const log = join(directory, "grouped.log");
  const worker = spawn(process.execPath, [fixture, seconds, log, "none"], { stdio: "ignore" });
  await eventually(
    "the shell and both its children run",
    () => processesWith(`sh ${seconds}`) > 0 && processesWith(`sleep ${seconds}`) >= 2,
  );

  worker.kill("SIGKILL");
  await new Promise((done) => worker.once("exit", done));

  await eventually("the shell is gone", () => processesWith(`sh ${seconds}`) === 0);
  await sweepLeftovers();
  await eventually("nothing of the worker is left", () => processesWith(seconds) === 0);
});

/** What left its group is still there. */
test("the processes and files of a killed worker go, those of a living one stay", async () => {
  const [orphan, kept] = [markedSeconds(), markedSeconds()];
  const fixture = join(import.meta.dirname, "worker-fixture.js");
  const start = (seconds: string) =>
    spawn(process.execPath, [fixture, seconds, join(directory, `${seconds}.log`), "none"], {
      stdio: "ignore",
    });
  const [killed, living] = [start(orphan), start(kept)];
  await eventually("both workers have their children", () =>
    [orphan, kept].every((one) => processesWith(`sleep ${one}`) >= 2),
  );
  const mine = join(tmpdir(), `${plantedPrefix}${ownMark}-test`);
  const [theirs, theirProxy] = [plantedPrefix, proxyPrefix].map((prefix) =>
    join(tmpdir(), `${prefix}${ownMark.replace(/\d+$/, "1")}-test`),
  ) as [string, string];
  for (const path of [mine, theirs, theirProxy]) mkdirSync(path);
  killed.kill("SIGKILL");
  await new Promise((done) => killed.once("exit", done));
  expect(processesWith(`sleep ${orphan}`)).toBeGreaterThan(0);

  await sweepLeftovers();

  await eventually("nothing of the killed worker is left", () => processesWith(orphan) === 0);
  expect([mine, theirs, theirProxy].map((path) => existsSync(path))).toEqual([true, false, false]);
  rmdirSync(mine);
  expect(processesWith(`sleep ${kept}`)).toBeGreaterThanOrEqual(2);
  living.kill("SIGKILL");
  await new Promise((done) => living.once("exit", done));
  await sweepLeftovers();
  await eventually("nothing of the other worker is left", () => processesWith(kept) === 0);
});

test("a worker in another process namespace is left alone", () => {
  const [place = "", ...rest] = ownMark.split(".");

  expect(isMarkOfDead([`${place}9`, ...rest].join("."))).toBe(false);
  expect(isMarkOfDead([place, "1", "1"].join("."))).toBe(true);
  expect(isMarkOfDead(ownMark)).toBe(false);
});
