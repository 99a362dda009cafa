import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import type { Task } from "../src/domain/task/task.ts";
import { issueKey, signOffKey } from "../src/domain/task/task-id.ts";
import { show, showPresent } from "../src/pipeline/show.ts";
import { signOffAfter } from "../src/pipeline/sign-off.ts";
import type { IssueLock, Locks } from "../src/ports/store.ts";
import type { Log, Ports } from "../src/ports.ts";

/**
 * Rules that types hold. Each function here is only compiled: `tsc` refuses a line below `@ts-expect-error` that has become
 * right, and every other line that is wrong.
 */
const source = resolve(import.meta.dirname, "../../src");

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.m?ts$/.test(file))
  .map((file) => ({
    file: relative(source, join(source, file)),
    text: readFileSync(join(source, file), "utf8"),
  }));

describe("a log line", () => {
  test("has its error in `err`, which the logger writes whole", () => {
    const lines = (log: Log, error: Error) => [
      log.warn({ err: error }, "went wrong"),
      log.warn({ cause: error.message, url: "https://example.org" }, "went wrong"),
      // @ts-expect-error: pino writes no more of it than {}.
      log.warn({ error }, "went wrong"),
      // @ts-expect-error: nor may its words stand under that name.
      log.info({ task: 1, error: error.message }, "went wrong"),
      // @ts-expect-error: a cause is a sentence.
      log.error({ cause: error }, "went wrong"),
    ];

    expect(lines).toBeInstanceOf(Function);
  });

  test("is never so where the logger's own type would allow it", () => {
    const wrong = files.filter(
      ({ file, text }) =>
        !file.startsWith("double/") &&
        /\blog\.(?:debug|info|warn|error)\(\{(?:[^}]*,)?\s*error\s*[,:}]/.test(text),
    );

    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  test("tells an error's message and its cause", () => {
    const written: string[] = [];
    const log: Log = pino({}, { write: (line) => void written.push(line) });

    log.warn({ err: new Error("the outer one", { cause: new Error("the inner one") }) }, "went wrong");

    expect(JSON.parse(written[0] ?? "{}").err).toMatchObject({
      message: expect.stringMatching(/the outer one.*the inner one/),
    });
  });
});

describe("the lock of an issue", () => {
  const id = { repositoryId: 1, issueNumber: 2 };

  test("is handed over by a store, and by nothing else", () => {
    const forged = (task: Task, ports: Ports, locks: Locks) => [
      locks.exclusively(issueKey(id), (lock) => show(task, lock, ports)),
      // @ts-expect-error: no object of ours is a lock.
      () => show(task, { key: issueKey(id) }, ports),
      // @ts-expect-error: a key is not a lock.
      () => show(task, issueKey(id), ports),
      // @ts-expect-error: without a lock nothing is shown.
      () => show(task, ports),
      // @ts-expect-error: the lock of a sign-off is not the lock of an issue.
      () => locks.exclusively(signOffKey(1, 2), (lock) => show(task, lock, ports)),
      // @ts-expect-error: nor is that of any other key.
      () => locks.exclusively("recover-deliveries" as string, (lock: IssueLock) => show(task, lock, ports)),
    ];

    expect(forged).toBeInstanceOf(Function);
  });

  test("is not waited for by whoever has the lock of a sign-off", () => {
    const circle = (task: Task, world: Ports) => [
      signOffAfter(task, ({ lock }, ports) => show(task, lock, ports), world),
      // @ts-expect-error: the ports of a judge have no locks.
      signOffAfter(task, (_, ports) => showPresent(task.id, ports), world),
      // @ts-expect-error: nor can it take one itself.
      signOffAfter(task, (_, ports) => ports.locks.exclusively(issueKey(id), async () => {}), world),
    ];
    const takers = files.filter(({ text }) => /\bsignOffKey\(/.test(text));

    expect(circle).toBeInstanceOf(Function);
    expect(takers.map(({ file }) => file).sort()).toEqual(["domain/task/task-id.ts", "pipeline/sign-off.ts"]);
  });

  test("is made by a cast in one file alone", () => {
    const casts = files.filter(({ text }) => /\bas (?:unknown as )?(?:Locked\b|IssueLock\b)/.test(text));

    expect(casts.map(({ file }) => file)).toEqual(["adapters/store/locked.ts"]);
  });

  test("is a type, and no comment asks callers to hold it", () => {
    const prose = files.filter(({ text }) => /\bcallers? (?:do not )?holds? /i.test(text));

    expect(prose.map(({ file }) => file)).toEqual([]);
  });
});

describe("what a step of an attempt is given", () => {
  test("is an accepted task, so that nothing stands in for a brief that is not there", () => {
    const fallback = /\b(?:task|view)\.brief\?\.|\bcurrentAttempt\([^)]*\)\s*\?\?|a task without a/;
    const guessing = files.filter(
      ({ file, text }) => /^(?:run|proof\/(?!audit))/.test(file) && fallback.test(text),
    );

    expect(guessing.map(({ file }) => file)).toEqual([]);
  });
});

describe("the ports", () => {
  const taking = (rooms: RegExp) =>
    files
      .filter(({ file }) => rooms.test(file))
      .flatMap(({ file, text }) => (text.match(/: Ports\b/g) ?? []).map(() => file));

  test("are given to no step whole: its type names those that it asks", () => {
    expect(taking(/^(?:policy|intake|brief|schedule|queue|run|proof|publish|review)\//)).toEqual([]);
  });

  test("are taken whole by recipes that hand on most of them, and by no more than now", () => {
    expect(taking(/^(?:pipeline|ledger)\//).length).toBeLessThanOrEqual(55);
  });
});
