import { setTimeout as pause } from "node:timers/promises";
import { openArtefacts } from "../../src/adapters/artefacts/open-artefacts.ts";
import { type Delegated, type Lane, label, openIssue, openLane } from "../e2e/lane.ts";
import { outcomeOf } from "../e2e/outcome.ts";
import { s3Server } from "../support/s3-server.ts";
import { seededNumbers } from "../support/seeded-numbers.ts";
import { type Engine, type EngineName, startEngine } from "./engines.ts";
import { type Fleet, graceMs, type Restart, type Strike, startFleet } from "./fleet.ts";
import { acceptedIds, judgeGivenUp, judgeOutcome } from "./judge-history.ts";

/** What is soaked: on which engine, how many tasks and kills, the share of lost answers, and the seed of all chance. */
export type SoakOrder = {
  engine: EngineName;
  tasks: number;
  kills: number;
  lost: number;
  seed: number;
  restarts: number;
};

/** What it came to. Each fault is one line; none is what is wanted. */
export type SoakReport = {
  order: SoakOrder;
  seconds: number;
  strikes: Strike[];
  accepted: number;
  lostAnswers: number;
  taskMs: number[];
  restarts: Restart[];
  /** Tasks that were given up because their workers died three times in a row in one step. */
  givenUp: number;
  faults: string[];
};

/** Tasks that are under way at once. */
const width = 6;

/** The longest that is waited for the last task, in milliseconds; what is not done by then is a fault. */
const tailMs = 10 * 60_000;

/** Lets a service work while everything dies and answers are lost, then holds GitHub's history and the store to account. */
export async function soak(order: SoakOrder): Promise<SoakReport> {
  const engine = await startEngine(order.engine);
  const bucket = await s3Server();
  const settings = {
    ...engine.environment,
    CONCURRENCY: "3",
    SANDBOX: "none",
    ONBOARDING: "none",
    SHUTDOWN_GRACE: String(graceMs / 1_000),
  };
  const lane = await openLane(settings);
  try {
    const place = { directory: lane.dataDir, s3: bucket.place, proxies: { direct: [] } };
    const artefacts = engine.server ? await openArtefacts(place) : lane.artefacts;
    const fleet = await startFleet(lane, engine, engine.server ? bucket.environment : {});
    return await soakIn({ ...lane, artefacts }, { order, engine, fleet });
  } finally {
    await lane.close();
    await engine.remove();
    await bucket.remove();
  }
}

type Soaked = { order: SoakOrder; engine: Engine; fleet: Fleet };

async function soakIn(lane: Lane, { order, engine, fleet }: Soaked): Promise<SoakReport> {
  const began = performance.now();
  const chance = { lost: seededNumbers(order.seed), kills: seededNumbers(order.seed + 1) };
  const lost = { answers: 0 };
  const isLost = (): boolean => chance.lost() < order.lost && ++lost.answers > 0;
  lane.double.faults.loseAnswers({ path: "/**", times: Number.POSITIVE_INFINITY, meets: isLost });
  const work = delegateAll(lane, order.tasks);
  const strikes = await strikeAll(fleet, { order, began, chance: chance.kills, isOver: () => work.isOver });
  const done = await work.ended;
  lane.double.faults.clear();
  const exits = await fleet.stop();
  const outcomes = await Promise.all(
    done.map(async (task) =>
      (isGivenUp(lane, task) ? judgeGivenUp : judgeOutcome)(await outcomeOf(lane, task)).map(
        (fault) => `${task.repository}: ${fault}`,
      ),
    ),
  );
  const ids = acceptedIds(lane.double.github.deliveries());
  return {
    ...{ order, strikes, accepted: ids.length, lostAnswers: lost.answers },
    seconds: Math.round((performance.now() - began) / 1_000),
    givenUp: done.filter((task) => isGivenUp(lane, task)).length,
    restarts: fleet.restarts,
    taskMs: done.map(({ ms }) => ms),
    faults: [
      ...exits,
      ...fleet.restarts
        .filter(({ isClean }) => !isClean)
        .map(({ name, ms }) => `${name} did not end in order within its grace: ${ms} ms`),
      ...outcomes.flat(),
      ...(await forgotten(ids, engine, lane)),
      ...(await lane.double.violations()).map(
        (violation) => `GitHub would refuse: ${JSON.stringify(violation)}`,
      ),
    ],
  };
}

type Worked = Delegated & { ms: number };

/** Hands task after task over, never more than a few at once. */
function delegateAll(lane: Lane, count: number): { readonly isOver: boolean; ended: Promise<Worked[]> } {
  const state = { next: 0, isOver: false };
  const one = async (): Promise<Worked[]> => {
    const index = state.next++;
    if (index >= count) return [];
    const task = await openIssue(lane, `soaked-${index}`);
    const began = performance.now();
    await label(lane, task);
    await settled(lane, task);
    return [{ ...task, ms: Math.round(performance.now() - began) }, ...(await one())];
  };
  const ended = Promise.all(Array.from({ length: Math.min(width, count) }, one)).then((all) => {
    state.isOver = true;
    return all.flat();
  });
  return {
    get isOver() {
      return state.isOver;
    },
    ended,
  };
}

/** Waits until GitHub shows the end of a task, or long enough. */
async function settled(lane: Lane, task: Delegated): Promise<void> {
  const deadline = performance.now() + tailMs;
  while (performance.now() < deadline && !hasEnded(lane, task)) await pause(100);
}

function wordsOn({ double }: Lane, task: Delegated): string {
  const { comments } = double.github.issue(task);
  return comments.map(({ body }) => body).join("\n");
}

function isGivenUp(lane: Lane, task: Delegated): boolean {
  return wordsOn(lane, task).includes("**Cause** (worker-died, owner: operator)");
}

function hasEnded(lane: Lane, task: Delegated): boolean {
  const checks = lane.double.github.repository(task.repository).checkRuns;
  const words = wordsOn(lane, task);
  if (/\*\*Drafthorse\*\* · (?:❌|🔴|🛑|⏹️|Ended)/u.test(words)) return true;
  return words.includes("Draft pull request open") && checks.length >= 3;
}

type Striking = { order: SoakOrder; began: number; chance: () => number; isOver: () => boolean };

/** Kills one victim after the other while there is work. */
async function strikeAll(fleet: Fleet, { order, began, chance, isOver }: Striking): Promise<Strike[]> {
  const strikes: Strike[] = [];
  while (strikes.length < order.kills && !isOver()) {
    await pause(500 + chance() * 3_000);
    const victim = fleet.names[Math.floor(chance() * fleet.names.length)] ?? "";
    strikes.push({ atMs: Math.round(performance.now() - began), victim });
    await fleet.strike(victim);
  }
  for (let at = 0; at < order.restarts && !isOver(); at++) {
    const victim = fleet.restartable[at % fleet.restartable.length] ?? "";
    strikes.push({ atMs: Math.round(performance.now() - began), victim });
    await fleet.strike(victim);
  }
  return strikes;
}

/** Deliveries that were accepted and of which the store knows nothing, or which nobody has handled. */
async function forgotten(ids: string[], engine: Engine, lane: Lane): Promise<string[]> {
  const store = await engine.open(lane.dataDir);
  try {
    const known = await store.inbox.known(ids);
    const pending = await store.inbox.pending(1_000);
    return [
      ...ids.filter((id) => !known.has(id)).map((id) => `the delivery ${id} was accepted and is not known`),
      ...pending.map(({ id }) => `the delivery ${id} was accepted and not handled`),
    ];
  } finally {
    await store.close();
  }
}
