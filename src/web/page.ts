import type { Child } from "hono/jsx";
import type { CommentAsk } from "../domain/task/comment-ask.ts";
import type { Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import type { LiveLogs } from "./open-live-logs.ts";
import type { LogWindows } from "./open-log-windows.ts";
import type { ReadableRepository } from "./readable.ts";
import type { Viewer } from "./viewer.ts";

/** What pages are made from. `serverUrl` is where GitHub's own pages are, without a slash at the end. */
export type PageSources = {
  ports: Pick<Ports, "tasks" | "clock" | "log"> & {
    artefacts: Pick<Ports["artefacts"], "read" | "part">;
    objects: Pick<Ports["objects"], "texts">;
    workers: Pick<Ports["workers"], "list">;
    queue: Pick<Ports["queue"], "depth">;
    inbox: Pick<Ports["inbox"], "pending">;
  };
  liveLogs: LiveLogs;
  logWindows: LogWindows;
  serverUrl: string;
  /** What a comment could ask of a task as it stands. */
  askable: (task: Task) => CommentAsk[];
  /** What this process is, for whoever operates it: a name and a few words each, nothing secret. */
  about: Record<string, string>;
};

/** Who asks for a page, and by which address. */
export type PageRequest = {
  viewer: Viewer;
  /** The repositories with tasks that the viewer may read; they are looked for once, when they are first asked for. */
  repositories(): Promise<ReadableRepository[]>;
  /** The parts of the path that differ, such as the key of a task. */
  params: Record<string, string>;
  query: URLSearchParams;
};

/** A page without its frame. One that is `still` shows what never changes. */
export type WebPage = { title: string; content: Child; still?: true };

/** Finds what a page shows, and renders it; undefined: there is no such page for this viewer. */
export type MakePage = (request: PageRequest, sources: PageSources) => Promise<WebPage | undefined>;
