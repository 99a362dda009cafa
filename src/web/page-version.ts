import { createHash } from "node:crypto";
import { taskStates } from "../domain/task/state.ts";
import { findTask } from "./find-task.ts";
import type { LiveLog } from "./open-live-logs.ts";
import type { PageSources } from "./page.ts";
import { readableRepositories } from "./readable.ts";
import type { Viewer } from "./viewer.ts";

/**
 * What changes whenever a page has something else to show this viewer, apart from the time; undefined where there is no such
 * page for them. It is found without making the page, since it is asked for again and again.
 */
export async function pageVersion(
  path: string,
  viewer: Viewer,
  { ports, liveLogs }: Pick<PageSources, "ports" | "liveLogs">,
): Promise<string | undefined> {
  const [, key, tab] = /^\/tasks\/([^/]+)(.*)/.exec(path) ?? [];
  if (key === undefined) return listVersion(viewer, ports);
  const task = await findTask({ viewer, params: { key } }, { ports });
  if (!task) return undefined;
  const live = tab === "/log" ? liveLogs.of(task.id) : undefined;
  return versionHash([task.updatedAt, task.historyHead, task.fence, live && liveVersion(live)]);
}

function liveVersion({ attempt, leg, usd, before, entries }: LiveLog): unknown[] {
  return [attempt, leg, usd, before + entries.length];
}

async function listVersion(viewer: Viewer, ports: PageSources["ports"]): Promise<string> {
  const repositories = await readableRepositories(viewer, ports);
  const ids = repositories.map(({ id }) => id);
  const [newest] =
    ids.length === 0
      ? []
      : await ports.tasks.select({ repositories: ids, states: taskStates, skip: 0, limit: 1 });
  return versionHash([repositories.map(({ counts }) => counts), newest?.updatedAt, newest?.historyHead]);
}

function versionHash(parts: unknown): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 16);
}
