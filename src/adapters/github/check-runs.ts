import type { Repository } from "../../domain/task/task.ts";
import type { CheckNote, CheckReport, CheckRuns, OwnCheck } from "../../ports/github.ts";
import { accessTo, type GitHubClient, repeatably } from "./access.ts";
import { mayHaveHappened } from "./github-failure.ts";
import { everyItem, firstFitting } from "./pages.ts";
import { readFailedChecks } from "./read-failed-checks.ts";

/** GitHub refuses a longer text or summary. */
const longestText = 65_535;

/** The check runs of the App with this number. */
export function checkRunsOf(client: GitHubClient, appId: number): CheckRuns {
  return {
    async report(repository, check) {
      const place = { client, appId, repository, check };
      const known = check.among ? check.among.find((run) => isSameCheck(run, check)) : await find(place);
      // GitHub allows far fewer writes than reads.
      if (known && !says(known, check)) await update(place, known.id);
      if (!known) await createCheckRun(place);
      if (check.annotations && check.annotations.length > 0) await annotate(place);
    },
    failed: (repository, head) => readFailedChecks(client, { repository, head, appId }),
  };
}

type CheckPlace = { client: GitHubClient; appId: number; repository: Repository; check: CheckReport };

async function find({ client, appId, repository, check }: CheckPlace): Promise<OwnCheck | undefined> {
  const runs = everyItem(async (page) => {
    const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      ...checksWrite(repository),
      ref: check.head,
      check_name: check.name,
      app_id: appId,
      filter: "all",
      ...page,
    });
    return { data: data.check_runs };
  });
  const run = await firstFitting(
    runs,
    ({ external_id: externalId, name, app }) => isSameCheck({ externalId, name }, check) && app?.id === appId,
  );
  if (!run) return undefined;
  const { id, name, conclusion, external_id, output } = run;
  const { title, summary, text, annotations_count: annotations } = output;
  return { id, name, conclusion, title, summary, text, annotations, externalId: external_id ?? "" };
}

function isSameCheck(
  run: { name: string; externalId: string | null },
  { name, externalId }: Pick<CheckReport, "name" | "externalId">,
): boolean {
  return run.name === name && run.externalId === externalId;
}

/** Whether a check run says this already. */
function says({ conclusion, title, summary, text }: OwnCheck, check: CheckReport): boolean {
  const { output } = checkRunFields(check);
  return (
    conclusion === check.conclusion &&
    title === output.title &&
    summary === output.summary &&
    (text ?? "") === output.text
  );
}

async function createCheckRun(place: CheckPlace): Promise<void> {
  const { client, repository, check } = place;
  try {
    await client.request("POST /repos/{owner}/{repo}/check-runs", {
      ...checksWrite(repository),
      head_sha: check.head,
      ...checkRunFields(check),
    });
  } catch (error) {
    if (!mayHaveHappened(error) || !(await find(place))) throw error;
  }
}

async function update({ client, repository, check }: CheckPlace, id: number): Promise<void> {
  await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
    ...repeatably(checksWrite(repository)),
    check_run_id: id,
    ...checkRunFields(check),
  });
}

/** GitHub takes no more annotations in one request. */
const mostAtOnce = 50;

/** Adds the annotations that are missing. GitHub only ever adds some, so those that are there are counted first. */
async function annotate(place: CheckPlace): Promise<void> {
  const { client, repository, check } = place;
  const annotations = check.annotations ?? [];
  for (let lost = 0; ; ) {
    const run = await find(place);
    const there = run?.annotations ?? 0;
    if (!run || there >= annotations.length) return;
    const { title, summary, text } = checkRunFields(check).output;
    const batch = annotations.slice(there, there + mostAtOnce).map(annotationOf);
    try {
      await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
        ...checksWrite(repository),
        check_run_id: run.id,
        output: { title, summary, text, annotations: batch },
      });
    } catch (error) {
      lost += 1;
      if (!mayHaveHappened(error) || lost > mostLost) throw error;
    }
  }
}

/** How many answers may get lost in one report before it is given up for now. */
const mostLost = 3;

function annotationOf({ path, line, level, message }: CheckNote) {
  return { path, start_line: line, end_line: line, annotation_level: level, message: cutForGitHub(message) };
}

function checkRunFields({ name, externalId, conclusion, title, summary, text }: CheckReport) {
  return {
    name,
    external_id: externalId,
    status: "completed",
    conclusion,
    output: { title, summary: cutForGitHub(summary), text: cutForGitHub(text) },
  } as const;
}

/** Cuts at a whole character. */
function cutForGitHub(text: string): string {
  return text.length <= longestText
    ? text
    : `${text.slice(0, longestText - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

function checksWrite(repository: Repository) {
  return accessTo(repository, { checks: "write" });
}
