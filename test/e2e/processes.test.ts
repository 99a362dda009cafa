import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { postDelivery } from "../support/post-delivery.ts";
import { postgresServer } from "../support/postgres-server.ts";
import { eventually, processesWith } from "../support/processes.ts";
import type { ServiceProcess } from "../support/service-process.ts";
import { expectOneCorrection, expectOneProposal } from "./expect-one.ts";
import {
  type Delegated,
  ends,
  type Lane,
  label,
  openIssue,
  openLane,
  repositoryOf,
  untilHalfWay,
} from "./lane.ts";
import { outcomeOf } from "./outcome.ts";
import { halfWay } from "./story.ts";

/** What the processes may take to stop; longer than a busy machine needs, shorter than the agent's sleep of 600 s. */
const graceSeconds = 300;

let store: { environment: Record<string, string>; remove(): Promise<void> };
let lane: Lane;
let web: ServiceProcess;
let workers: ServiceProcess[];

const startWorker = (): Promise<ServiceProcess> => lane.start({ ROLE: "worker" });

/** The processes share a PostgreSQL; `npm run test:faults` kills processes that share a Redis. */
async function startStore(): Promise<typeof store> {
  const { url, remove } = await postgresServer();
  return { environment: { DATABASE_URL: url }, remove };
}

beforeAll(async () => {
  store = await startStore();
  lane = await openLane({ ...store.environment, SHUTDOWN_GRACE: String(graceSeconds) });
  web = await lane.start({ ROLE: "web", AGENT: "" });
});

beforeEach(async () => {
  workers = [await startWorker()];
});

afterEach(async () => {
  for (const worker of workers) await worker.kill("SIGKILL");
});

afterAll(async () => {
  await lane.close();
  await store.remove();
});

/** Ends the workers of a test as an operator would, so that nothing of theirs is still to come. */
async function stopWorkers(): Promise<void> {
  const exits = await Promise.all(workers.map((worker) => worker.kill("SIGTERM")));
  for (const exit of exits.filter(({ signal }) => signal !== "SIGKILL"))
    expect(exit).toEqual({ code: 0, signal: null });
}

/** The line with which one of the workers says that the attempt has ended, and which of them. */
function ended(task: Delegated, attempt: number): Promise<unknown> {
  return Promise.any(workers.map((worker) => worker.line(ends(task, attempt))));
}

/** The worker that has the agent of a task at work. */
async function workerOf(task: Delegated): Promise<ServiceProcess> {
  return Promise.any(
    workers.map(async (worker) => {
      await worker.line((line) => line.step === "agent done" && repositoryOf(line) === task.repositoryId);
      return worker;
    }),
  );
}

test("label, draft, /retry, second commit; the second /retry is refused and starts nothing", async () => {
  const task = await openIssue(lane, "road");
  const pull = { repository: task.repository, number: 2 };
  const ada = lane.double.github.as("ada");
  const reactionsTo = (id: number) =>
    lane.double.github
      .issue(pull)
      .comments.find((comment) => comment.id === id)
      ?.reactions.map(({ content }) => content);

  await label(lane, task);
  await ended(task, 1);
  expectOneProposal(await outcomeOf(lane, task));
  const first = await ada.comments(pull, "/retry make it shorter");
  await ended(task, 2);
  expectOneCorrection(await outcomeOf(lane, task));
  const second = await ada.comments(pull, "/retry shorter still");
  await eventually("a third comment", () => lane.double.github.issue(pull).comments.length === 3);
  await stopWorkers();

  const outcome = await outcomeOf(lane, task);
  expectOneCorrection(outcome);
  expect(outcome.otherComments).toHaveLength(1);
  expect(outcome.otherComments[0]).toContain("The one correction of this round is used.");
  expect(reactionsTo(first)).toEqual(["eyes"]);
  expect(reactionsTo(second)).toEqual(["confused"]);
  expect(workers.flatMap(({ lines }) => lines).filter(({ msg }) => msg === "attempt ended")).toHaveLength(2);
});

test("the worker is killed with -9 while its agent is at work, and another takes over", async () => {
  workers.push(await startWorker());
  const task = await openIssue(lane, "killed", `Stop ${halfWay}.`);

  await label(lane, task);
  await untilHalfWay(lane, task, 1);
  const victim = await workerOf(task);
  await victim.kill("SIGKILL");
  const heir = workers.find((worker) => worker !== victim);
  await heir?.line(ends(task, 1));
  await stopWorkers();

  const outcome = await outcomeOf(lane, task);
  expectOneProposal(outcome);
  expect(outcome.otherComments).toEqual([]);
  expect(processesWith(lane.dataDir)).toBe(0);
});

test("told to stop while its agent is at work, a worker exits with 0 in time; the next one finishes", async () => {
  const task = await openIssue(lane, "stopped", `Stop ${halfWay}.`);

  await label(lane, task);
  await untilHalfWay(lane, task, 1);
  const began = performance.now();
  const exit = await workers[0]?.kill("SIGTERM");
  const seconds = (performance.now() - began) / 1_000;
  const leftOver = processesWith(`${lane.dataDir}/attempts`);
  workers = [await startWorker()];
  await ended(task, 1);
  await stopWorkers();

  expect(exit).toEqual({ code: 0, signal: null });
  expect(seconds).toBeLessThan(graceSeconds);
  expect(leftOver).toBe(0);
  expectOneProposal(await outcomeOf(lane, task));
});

test("the same delivery 20 times at once, and again after a restart, is one task", async () => {
  const task = await openIssue(lane, "twenty");
  lane.double.faults.dropDeliveries({ event: "issues.labeled" });
  await label(lane, task);
  const labelled = lane.double.github.deliveries().find(({ action }) => action === "labeled");
  const body = JSON.stringify(labelled?.request.payload);
  const twenty = async (): Promise<{ status: number; text: string }[]> => {
    const to = { url: (await web.ready()) ?? "", secret: lane.double.app.webhookSecret };
    return Promise.all(Array.from({ length: 20 }, () => postDelivery(to, { body })));
  };

  const first = await twenty();
  await ended(task, 1);
  expect(await web.kill("SIGTERM")).toEqual({ code: 0, signal: null });
  web = await lane.start({ ROLE: "web", AGENT: "" });
  const again = await twenty();
  // A web process that is told to stop handles what it has stored before.
  expect(await web.kill("SIGTERM")).toEqual({ code: 0, signal: null });
  web = await lane.start({ ROLE: "web", AGENT: "" });
  await stopWorkers();

  expect(first.filter(({ status }) => status === 202)).toHaveLength(20);
  expect(first.filter(({ text }) => text.includes("Stored"))).toHaveLength(1);
  expect(again.filter(({ text }) => text.includes("Known already"))).toHaveLength(20);
  const outcome = await outcomeOf(lane, task);
  expectOneProposal(outcome);
  expect(outcome.otherComments).toEqual([]);
});

test("told to stop as soon as it says that it is ready, a process exits with 0", async () => {
  await stopWorkers();
});

test("every request was one that GitHub takes", async () => {
  expect(await lane.double.violations()).toEqual([]);
});
