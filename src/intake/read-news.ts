import { z } from "zod";
import type { ReviewEvent } from "../domain/review/review-event.ts";
import type { Repository } from "../domain/task/task.ts";
import { PayloadOrigin, payloadRepository } from "./payload-origin.ts";

const Numbered = z.object({ number: z.number().int().positive() });
const PullNews = PayloadOrigin.extend({
  pull_request: Numbered,
  changes: z.object({ base: z.unknown().optional() }).optional(),
});
const GroupNews = PayloadOrigin.extend({
  merge_group: z.object({ head_sha: z.string(), head_ref: z.string(), base_sha: z.string() }),
});
const CheckNews = PayloadOrigin.extend({
  check_run: z.object({ external_id: z.string().nullable(), pull_requests: z.array(Numbered) }),
});
const SuiteNews = PayloadOrigin.extend({ check_suite: z.object({ pull_requests: z.array(Numbered) }) });

/** Something that happened to pull requests or to a merge group, whoever did it: nothing is asked by it. */
export type ReviewNews =
  | { kind: "pull requests"; repository: Repository; event: ReviewEvent; numbers: number[] }
  | { kind: "merge group"; repository: Repository; head: string; base: string; ref: string };

const pullEvents = new Map<string, ReviewEvent>([
  ["opened", "opened"],
  ["reopened", "reopened"],
  ["synchronize", "pushed"],
  ["edited", "base changed"],
]);
const reviewActions = new Map<string, ReviewEvent>([
  ["submitted", "reviewed"],
  ["edited", "reviewed"],
  ["dismissed", "review dismissed"],
]);

const readers = new Map<string, (payload: unknown) => ReviewNews | undefined>([
  ["pull_request", (payload) => readPullNews(payload, pullEvents)],
  ["pull_request_review", (payload) => readPullNews(payload, reviewActions)],
  ["check_run", readRun],
  ["check_suite", readSuiteNews],
  ["merge_group", readGroup],
]);

/** Reads what a delivery tells of reviews; undefined for all others, bodies that do not fit their event included. */
export function readNews(event: string, payload: unknown): ReviewNews | undefined {
  return readers.get(event)?.(payload);
}

function readPullNews(payload: unknown, events: ReadonlyMap<string, ReviewEvent>): ReviewNews | undefined {
  const { data } = PullNews.safeParse(payload);
  const event = data && events.get(data.action);
  if (!data || !event) return undefined;
  // An edit of the words changes nothing that is judged.
  if (event === "base changed" && data.changes?.base === undefined) return undefined;
  return pullsOf(data, event, [data.pull_request]);
}

/** Of a fork's pull request GitHub names no number, but our own check run does. */
function readRun(payload: unknown): ReviewNews | undefined {
  const { data } = CheckNews.safeParse(payload);
  if (data?.action !== "rerequested") return undefined;
  const { external_id, pull_requests } = data.check_run;
  const named = /^pull-(?<number>\d{1,9})$/.exec(external_id ?? "")?.groups?.number;
  return pullsOf(data, "asked again", named ? [{ number: Number(named) }] : pull_requests);
}

function readSuiteNews(payload: unknown): ReviewNews | undefined {
  const { data } = SuiteNews.safeParse(payload);
  if (data?.action !== "rerequested") return undefined;
  return pullsOf(data, "asked again", data.check_suite.pull_requests);
}

function readGroup(payload: unknown): ReviewNews | undefined {
  const { data } = GroupNews.safeParse(payload);
  if (data?.action !== "checks_requested") return undefined;
  const { head_sha: head, head_ref: ref, base_sha: base } = data.merge_group;
  return { kind: "merge group", repository: payloadRepository(data), head, base, ref };
}

function pullsOf(origin: PayloadOrigin, event: ReviewEvent, pulls: { number: number }[]): ReviewNews {
  const numbers = pulls.map(({ number }) => number);
  return { kind: "pull requests", repository: payloadRepository(origin), event, numbers };
}
