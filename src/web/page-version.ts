import { createHash } from "node:crypto";
import { findTask } from "./find-task.ts";
import type { LiveLog } from "./open-live-logs.ts";
import type { PageRequest, PageSources } from "./page.ts";
import type { ReadableRepository } from "./readable.ts";

/**
 * What changes whenever a page has something else to show this viewer, apart from the time; undefined where there is no such
 * page for them. It is found without making the page, since it is asked for again and again.
 */
export async function pageVersion(
  path: string,
  { viewer, repositories }: Pick<PageRequest, "viewer" | "repositories">,
  { ports, liveLogs }: Pick<PageSources, "ports" | "liveLogs">,
): Promise<string | undefined> {
  const [, key, tab] = /^\/tasks\/([^/]+)(.*)/.exec(path) ?? [];
  if (key === undefined) return listVersion(await repositories());
  const task = await findTask({ viewer, params: { key } }, { ports });
  if (!task) return undefined;
  const live = tab === "/log" ? liveLogs.of(task.id) : undefined;
  return versionHash([task.updatedAt, task.historyHead, task.fence, live && liveVersion(live)]);
}

function liveVersion({ attempt, leg, usd, before, entries }: LiveLog): unknown[] {
  return [attempt, leg, usd, before + entries.length];
}

/** Every list is of repositories; each is another one once a task has come, gone or changed. */
function listVersion(repositories: ReadableRepository[]): string {
  return versionHash(
    repositories.map(({ counts, newest }) => [counts, newest?.updatedAt, newest?.historyHead]),
  );
}

function versionHash(parts: unknown): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 16);
}
