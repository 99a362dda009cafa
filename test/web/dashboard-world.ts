import { openAttemptEvents } from "../../src/adapters/host/open-attempt-events.ts";
import { readOwnAssets } from "../../src/adapters/host/own-assets.ts";
import { openMemoryStore } from "../../src/adapters/store/memory/open-memory-store.ts";
import type { Store } from "../../src/adapters/store/store.ts";
import type { Task } from "../../src/domain/task/task.ts";
import type { Events } from "../../src/ports/events.ts";
import type { Artefacts } from "../../src/ports/store.ts";
import type { Objects } from "../../src/ports/workshop.ts";
import type { Timer } from "../../src/ports.ts";
import { askable } from "../../src/review/askable.ts";
import { loopbackSignIn } from "../../src/web/loopback-sign-in.tsx";
import { type DashboardParts, openDashboard } from "../../src/web/open-dashboard.tsx";
import type { SignIn, Viewer } from "../../src/web/viewer.ts";
import { startServer } from "../support/http-server.ts";
import { keepingLog } from "../support/keeping-log.ts";
import type { Sample } from "./sample-tasks.ts";

/** When it is in the dashboard's world. */
export const worldNow = new Date("2026-11-21T12:00:00.000Z");

/** The token that lets in, where nobody is let in beforehand. */
export const token = "t".repeat(32);

/** A dashboard on a real server, over the store that forgets. */
export type DashboardWorld = {
  url: string;
  store: Store;
  events: Events;
  log: ReturnType<typeof keepingLog>;
  /** Asks for a page as whoever was let in. */
  get(
    path: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; text: string; headers: Headers }>;
  keep(...tasks: Task[]): Promise<void>;
  /** Keeps tasks with all that belongs to them. */
  keepSamples(...samples: Sample[]): Promise<void>;
  /** Lets what is done again and again be done once. */
  tick(): Promise<void>;
  close(): Promise<void>;
};

/** Lets everybody in as one viewer. */
export function lettingIn(viewer: Viewer): SignIn {
  return { ...loopbackSignIn(token), find: async () => viewer };
}

/** Starts a dashboard; without another way in there is the token's. */
export async function startDashboard(
  parts: Partial<DashboardParts> = {},
  store: Store = openMemoryStore({ clock: { now: () => worldNow } }),
): Promise<DashboardWorld> {
  const log = keepingLog();
  const events = openAttemptEvents(log, store.broadcast);
  const ticks = handTimer();
  const kept = new Map<string, string>();
  const texts: Record<string, [string, string]> = {};
  const dashboard = openDashboard({
    askable,
    ports: {
      tasks: store.tasks,
      artefacts: artefactsOf(kept),
      objects: objectsOf(texts),
      queue: store.queue,
      workers: store.workers,
      inbox: store.inbox,
      clock: { now: () => worldNow },
      timer: ticks.timer,
      events,
      log,
    },
    serverUrl: "https://github.test",
    about: { Engine: "memory", "Workers here": "2 at once", Sandbox: "bwrap", Version: "0.1.0" },
    publicUrl: undefined,
    signIn: loopbackSignIn(token),
    assets: readOwnAssets(),
    ...parts,
  });
  const server = await startServer((request, response) => void dashboard.answer(request, response), {
    unread: true,
  });
  return {
    url: server.url,
    ...{ store, events, log },
    get: async (path, headers = {}) => {
      const answered = await fetch(`${server.url}${path}`, { headers, redirect: "manual" });
      return { status: answered.status, text: await answered.text(), headers: answered.headers };
    },
    keep: async (...tasks) => {
      for (const task of tasks) await store.tasks.create({ task, entries: [] });
    },
    keepSamples: async (...samples) => {
      for (const { task, entries, artefacts, texts: changed } of samples) {
        Object.assign(texts, changed);
        await store.tasks.create({ task, entries });
        for (const [name, text] of Object.entries(artefacts)) kept.set(name, text);
      }
    },
    tick: ticks.tick,
    close: async () => {
      dashboard.close();
      await server.close();
      await store.close();
    },
  };
}

function artefactsOf(kept: Map<string, string>): Pick<Artefacts, "read" | "part"> {
  const read = async (name: string) => {
    const text = kept.get(name);
    return text === undefined ? undefined : Buffer.from(text);
  };
  return { read, part: async (name, { from, bytes }) => (await read(name))?.subarray(from, from + bytes) };
}

/** What the changed files of samples say on both sides. Other machines than the worker's have no such texts. */
const objectsOf = (texts: Record<string, [string, string]>): Pick<Objects, "texts"> => ({
  texts: async function* (_, files) {
    for (const file of files) {
      const [before, after] = texts[file.path] ?? [];
      if (before === undefined || after === undefined) throw new Error("there is no mirror");
      yield { file, before, after };
    }
  },
});

/** A timer that a test turns by hand. */
function handTimer(): { timer: Timer; tick(): Promise<void> } {
  const actions = new Set<() => Promise<void>>();
  return {
    timer: {
      every: (_, action) => {
        actions.add(action);
        return () => actions.delete(action);
      },
    },
    tick: async () => {
      await Promise.all([...actions].map((action) => action()));
    },
  };
}
