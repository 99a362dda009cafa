import type { Store } from "../../src/adapters/store/store.ts";
import type { Exchange } from "../../src/double/exchange.ts";
import { gate } from "../support/gate.ts";
import { mend, shorter } from "./mend.ts";
import { type LogLine, Town } from "./town.ts";

/**
 * What each part of a task may ask GitHub for at most, tokens and the contents of files aside (issue 11). One of the first
 * attempt's looks, before the draft is opened, whether somebody else opened one for the issue (issue 13).
 */
export const bars = { label: 7, "first attempt": 12, retry: 8 } as const;

/**
 * What a whole task with a correction asks for at most, from the label to the merge: `now` is held by a test, so that it only
 * falls; `wanted` is what issue 13 asks for. ADR 59 says what each of them is for.
 */
export const wholeBar = { now: 42, wanted: 40 };

/** A part of a task: those that have a bar, and what people and deliveries bring about between and after them. */
export type Part = keyof typeof bars | "sign-off" | "correction" | "merge";

/** One request to GitHub: the part of the task and the step in which it was made, and what it asked. */
export type CountedRequest = { part: Part; step: string; request: string };

/** The requests of a task's parts, and the tokens that were minted for it: each by the repository and what it may do there. */
export type RequestCount = { requests: CountedRequest[]; mints: string[] };

/**
 * Counts what one task asks of GitHub, from the label to the merge: a label, the first attempt up to its report, the judging of
 * its sign-off, `/retry` up to where its attempt starts, that attempt, and what people do then. Jobs wait until the delivery
 * that asked for them is handled, so that each request belongs to one part.
 */
export async function countRequests(): Promise<RequestCount> {
  const jobs = { may: gate(), done: gate() };
  const turns = [shorter, mend].flatMap((turn) => turn ?? []);
  const town = await Town.found(turns, { store: (store) => waiting(store, jobs) });
  try {
    // What a service asks at its start, and when a repository comes to it, belongs to no task.
    await town.until(
      () =>
        [/^\/app\/hook\/deliveries$/, /^\/app\/installations$/, /\/labels$/].every((path) =>
          isAsked(town.seen, path),
        ),
      () => "the service has not begun",
    );
    await town.handled();
    const label = town.seen.length;
    const opened = await town.delegate({ title: "Keep digits" });
    await town.handled();
    // What an attempt does comes back as deliveries, which are handled by themselves and beside it.
    const late = town.double.faults.delayDeliveries({ event: "pull_request" });
    const attempt = town.seen.length;
    jobs.may.open();
    await jobs.done.passed;
    late.release();
    await town.handled();
    const reported = town.seen.findIndex(
      (one) => isLine(one) && one.step === "reported" && one.msg === "step done",
    );
    jobs.may = gate();
    const retry = town.seen.length;
    const at = { repository: town.repository, number: town.pull(opened).number };
    await town.double.github.as("ada").comments(at, "/retry make it shorter");
    await town.handled();
    const retried = town.seen.length;
    jobs.may.open();
    await town.sees(opened, "Attempt 2: verdict");
    await town.handled();
    await town.until(
      () => town.seen.some((one) => isLine(one) && one.msg === "attempt ended" && one.attempt === 2),
      () => "the correction has not ended",
    );
    const corrected = town.seen.length;
    const ada = town.double.github.as("ada");
    await ada.reviews(at, { state: "APPROVED" });
    await town.handled();
    await ada.marksReady(at);
    await town.handled();
    await ada.merges(at);
    await town.sees(opened, "Merged");
    await town.handled();
    return {
      requests: [
        ...requestsOf(town.seen.slice(label, attempt), "label"),
        ...requestsOf(town.seen.slice(attempt, reported), "first attempt"),
        ...requestsOf(town.seen.slice(reported, retry), "sign-off"),
        ...requestsOf(town.seen.slice(retry, retried), "retry"),
        ...requestsOf(town.seen.slice(retried, corrected), "correction"),
        ...requestsOf(town.seen.slice(corrected), "merge"),
      ],
      mints: town.seen.flatMap((one) => (isLine(one) || !isMint(one) ? [] : JSON.stringify(one.body))),
    };
  } finally {
    await town.close();
  }
}

type Seen = Exchange | LogLine;
type Gate = ReturnType<typeof gate<void>>;

/** The same store, whose jobs wait for `may`. */
function waiting(store: Store, jobs: { may: Gate; done: Gate }): Store {
  const work: Store["queue"]["work"] = ({ concurrency, handle }) =>
    store.queue.work({
      concurrency,
      handle: async (job, context) => {
        await jobs.may.passed;
        await handle(job, context);
        jobs.done.open();
      },
    });
  const { queue } = store;
  return {
    ...store,
    queue: { add: (job) => queue.add(job), depth: () => queue.depth(), close: () => queue.close(), work },
  };
}

function isLine(one: Seen): one is LogLine {
  return "msg" in one;
}

function isAsked(seen: readonly Seen[], path: RegExp): boolean {
  return seen.some((one) => !isLine(one) && path.test(one.url.pathname));
}

function isMint({ url }: Exchange): boolean {
  return url.pathname.endsWith("/access_tokens");
}

/** What is no text travels by itself, and GitHub does not count what it answers by "not modified". */
function isCounted(exchange: Exchange): boolean {
  return !isMint(exchange) && !exchange.url.pathname.endsWith("/git/blobs") && exchange.status !== 304;
}

function requestsOf(seen: readonly Seen[], part: Part): CountedRequest[] {
  const begun: string[] = [];
  return seen.flatMap((one) => {
    if (!isLine(one))
      return isCounted(one) ? [{ part, step: begun.at(-1) ?? "", request: describe(one) }] : [];
    if (one.msg === "step begun") begun.push(one.step ?? "");
    if (one.msg === "step done") begun.splice(begun.lastIndexOf(one.step ?? ""), 1);
    return [];
  });
}

/** A request without what is another in each run: numbers, and ids of commits. */
function describe({ method, url }: Exchange): string {
  const path = url.pathname
    .replace(/\/repos\/[^/]+\/[^/]+/, "")
    .replaceAll(/\b\d+\b/g, "N")
    .replaceAll(/\b[0-9a-f]{40}\b/g, "SHA");
  return `${method} ${path}`;
}
