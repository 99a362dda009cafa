import type { Context } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { LiveEvent } from "../domain/task/live-event.ts";
import { taskKey } from "../domain/task/task-id.ts";
import type { Ports } from "../ports.ts";
import type { PageSources } from "./page.ts";
import { pageVersion } from "./page-version.ts";
import { pageAsker } from "./readable.ts";
import type { PageEnv, Viewer } from "./viewer.ts";

/** Bounds of the streams; times in milliseconds. */
const bounds = {
  /** How often a stream looks whether its page has changed, if nobody tells that it has. */
  lookMs: 2_000,
  /** How soon after it was told of a change it looks; what is told of meanwhile costs no look of its own. */
  hintMs: 500,
  /** Looks after which a line is sent although nothing changed: proxies cut what is silent for a minute. */
  looksPerBeat: 7,
  /** Looks after which a stream ends; the browser opens the next one, and is asked again who it is. */
  looks: 450,
  /** Streams at once in all, and of one person; a page without one is whole and stands still. */
  streams: 200,
  streamsOfOne: 12,
};

/** The event streams that tell pages of changes. `close` ends all of them, and no new one begins. */
export type PageEvents = { answer(context: Context<PageEnv>): Promise<Response> | Response; close(): void };

type EventSources = Pick<PageSources, "liveLogs"> & {
  ports: PageSources["ports"] & Pick<Ports, "timer" | "events">;
};

/**
 * Streams for `?page=PATH&seen=VERSION`: an event `changed` with the version as its id as soon as the page has another one,
 * `gone` where the viewer may not see it any more. A browser that comes back names the last id, so that it misses nothing.
 */
export function openEvents(sources: EventSources): PageEvents {
  const streams = new Map<SSEStreamingApi, string>();
  const state = { closed: false };
  return {
    answer: (context) => {
      const viewer = context.get("viewer");
      const ofOne = [...streams.values()].filter((login) => login === viewer.login).length;
      if (state.closed || streams.size >= bounds.streams || ofOne >= bounds.streamsOfOne)
        return context.text("Too many pages are open at once. This one is whole, and stands still.\n", 503);
      const path = context.req.query("page") ?? "/";
      const seen = context.req.header("last-event-id") ?? context.req.query("seen");
      return streamSSE(context, async (stream) => {
        streams.set(stream, viewer.login);
        await followPage(stream, { path, viewer, seen, ...sources }).finally(() => streams.delete(stream));
      });
    },
    close: () => {
      state.closed = true;
      for (const stream of streams.keys()) stream.abort();
    },
  };
}

type Followed = EventSources & { path: string; viewer: Viewer; seen: string | undefined };

/** Resolves when the stream is to end: somebody left, it is old, or there is no such page. */
function followPage(
  stream: SSEStreamingApi,
  { path, viewer, seen, ports, liveLogs }: Followed,
): Promise<void> {
  const last = { seen, looks: 0, isHinted: false, isLooking: false };
  const look = async (): Promise<boolean> => {
    const version = await pageVersion(path, pageAsker(viewer, ports), { ports, liveLogs });
    if (version === undefined) {
      await stream.writeSSE({ event: "gone", data: "" });
      return false;
    }
    if (version !== last.seen) await stream.writeSSE({ event: "changed", id: version, data: "" });
    else if (last.looks % bounds.looksPerBeat === 0) await stream.write(": still here\n\n");
    last.seen = version;
    return ++last.looks < bounds.looks && !stream.aborted;
  };
  return new Promise((resolve) => {
    const act = async (): Promise<void> => {
      if (last.isLooking) return;
      Object.assign(last, { isLooking: true, isHinted: false });
      await look()
        .then((goesOn) => goesOn || end())
        .catch((err) => {
          ports.log.warn({ err, path }, "a page could not be followed");
          end();
        });
      last.isLooking = false;
    };
    const stops = [
      ports.timer.every(bounds.lookMs, act),
      ports.timer.every(bounds.hintMs, async () => {
        if (last.isHinted) await act();
      }),
      ports.events.follow((event) => {
        if (isPageAffected(path, event)) last.isHinted = true;
      }),
    ];
    const end = (): void => {
      for (const stop of stops) stop();
      resolve();
    };
    stream.onAbort(end);
    void act();
  });
}

/** Whether a page may look other after an event. Which tasks a list shows is known to the ledger alone. */
function isPageAffected(path: string, { kind, task }: LiveEvent): boolean {
  const [, key, tab] = /^\/tasks\/([^/]+)(.*)/.exec(path) ?? [];
  if (kind === "agent output") return key === taskKey(task) && tab === "/log";
  return kind === "task changed" && (key === undefined || key === taskKey(task));
}
