import { createHash } from "node:crypto";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { openEmbeddedStore } from "../../src/adapters/store/embedded/open-embedded-store.ts";
import { freePort } from "../support/free-port.ts";
import { postDelivery } from "../support/post-delivery.ts";
import { recordingLog } from "../support/recording-log.ts";
import { redisServer } from "../support/redis-server.ts";
import { serviceProcess } from "../support/service-process.ts";
import { type Lane, openIssue, openLane } from "./lane.ts";

/** GitHub gives a delivery up after 10 seconds (docs.github.com, "Best practices for using webhooks"). */
const deliveryPatienceSeconds = 10;

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function lane(settings?: Record<string, string>): Promise<Lane> {
  const opened = await openLane(settings);
  cleanups.push(() => opened.close());
  return opened;
}

async function redis(settings: Record<string, string> = {}) {
  const server = await redisServer({ port: String(await freePort()), ...settings });
  cleanups.push(() => server.remove());
  return server;
}

/** A running service, and the body of a delivery that labels an issue. */
async function running(place: Lane, settings?: Record<string, string>) {
  const service = await place.start(settings);
  const url = (await service.ready()) ?? "";
  const issue = await openIssue(place, "acme");
  place.double.faults.dropDeliveries({ event: "issues.labeled" });
  await place.double.github.as("ada").labels(issue, "agent-task");
  await place.double.github.settled();
  const labelled = place.double.github.deliveries().find(({ action }) => action === "labeled");
  const body = JSON.stringify(labelled?.request.payload);
  return { service, issue, body, to: { url, secret: place.double.app.webhookSecret } };
}

describe("a service that cannot be trusted does not start, and says how to mend it", () => {
  test.each([
    ["without a secret", {}, "There is no webhook secret"],
    ["with a short secret", { WEBHOOK_SECRET: "short" }, "The webhook secret has 5 bytes"],
    ["with Probot's own secret", { WEBHOOK_SECRET: "development" }, "The webhook secret is a placeholder"],
  ])("%s", async (_, secret, said) => {
    const place = await lane();
    const { WEBHOOK_SECRET: _given, ...environment } = place.environment();

    const service = serviceProcess({ ...environment, ...secret });

    expect(await service.ended).toEqual({ code: 78, signal: null });
    expect(service.stderr()).toContain(said);
    expect(service.stderr()).toContain("openssl rand -hex 32");
  });

  test("on a Redis that keeps no append-only file", async () => {
    const server = await redis({ appendonly: "no" });
    const place = await lane();

    const service = serviceProcess(place.environment({ REDIS_URL: server.url }));

    const { code } = await service.ended;
    expect(code).toBeGreaterThan(0);
    expect(service.stderr()).toContain("config set appendonly yes");
  });
});

test("a delivery with a bad signature is answered 401 and nothing of it is stored", async () => {
  const place = await lane();
  const { service, issue, body, to } = await running(place);

  const forged = await postDelivery(to, { body, signature: `sha256=${"0".repeat(64)}` });
  const unsigned = await postDelivery(to, { body, signature: "" });

  expect([forged.status, unsigned.status]).toEqual([401, 401]);
  expect(await service.kill("SIGTERM")).toEqual({ code: 0, signal: null });
  const store = await openEmbeddedStore({
    directory: join(place.dataDir, "store"),
    clock: { now: () => new Date() },
    log: recordingLog(),
  });
  cleanups.push(() => store.close());
  // Known already would mean that the refused body was kept.
  const digest = createHash("sha256").update(body).digest("hex");
  const delivery = { digest, id: "1", event: "issues", body, receivedAt: new Date().toISOString() };
  expect(await store.inbox.store(delivery)).toBe("stored");
  expect(await store.tasks.find({ repositoryId: issue.repositoryId, issueNumber: 1 })).toEqual([]);
  expect(place.double.effects.list()).toEqual([]);
});

test("a body of 30 MB is answered 413", async () => {
  const place = await lane({ REDIS_URL: (await redis()).url });
  const { to } = await running(place, { ROLE: "web" });
  const body = JSON.stringify({ padding: "x".repeat(30 * 1024 * 1024) });

  const answer = await postDelivery(to, { body });

  expect(answer).toMatchObject({ status: 413 });
});

test("with a dead Redis a delivery is answered 503, and taken when Redis is back", async () => {
  const server = await redis();
  const place = await lane({ REDIS_URL: server.url });
  const { body, to } = await running(place, { ROLE: "web" });

  await server.kill("SIGKILL");
  const began = performance.now();
  const refused = await postDelivery(to, { body });
  const seconds = (performance.now() - began) / 1_000;
  await server.start();
  const answers: number[] = [];
  while (answers.at(-1) !== 202 && answers.length < 500)
    answers.push((await postDelivery(to, { body })).status);

  expect(refused.status).toBe(503);
  expect(seconds).toBeLessThan(deliveryPatienceSeconds);
  expect(answers.at(-1)).toBe(202);
});

test("with a Redis that hangs a delivery is answered 503 in time", async () => {
  const server = await redis();
  const place = await lane({ REDIS_URL: server.url });
  const { body, to } = await running(place, { ROLE: "web" });

  server.pause();
  const began = performance.now();
  const refused = await postDelivery(to, { body });
  const seconds = (performance.now() - began) / 1_000;
  server.resume();

  expect(refused.status).toBe(503);
  expect(seconds).toBeLessThan(deliveryPatienceSeconds);
});
