import type { Repository } from "../../domain/task/task.ts";
import type { CheckReport, CheckRuns } from "../../ports/github.ts";
import { accessTo, type GitHubClient, repeatably } from "./access.ts";
import { mayHaveHappened } from "./github-failure.ts";
import { everyItem, firstOf } from "./pages.ts";
import { readFailedChecks } from "./read-failed-checks.ts";

/** GitHub refuses a longer text or summary. */
const longestText = 65_535;

/** The check runs of the App with this number. */
export function checkRunsOf(client: GitHubClient, appId: number): CheckRuns {
  return {
    async report(repository, check) {
      const place = { client, appId, repository, check };
      const known = await find(place);
      if (known) await update(place, known);
      else await create(place);
    },
    failed: (repository, head) => readFailedChecks(client, { repository, head, appId }),
  };
}

type Place = { client: GitHubClient; appId: number; repository: Repository; check: CheckReport };

async function find({ client, appId, repository, check }: Place): Promise<number | undefined> {
  const runs = everyItem(async (page) => {
    const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      ...writing(repository),
      ref: check.head,
      check_name: check.name,
      app_id: appId,
      filter: "all",
      ...page,
    });
    return { data: data.check_runs };
  });
  const run = await firstOf(
    runs,
    ({ external_id, name, app }) =>
      external_id === check.externalId && name === check.name && app?.id === appId,
  );
  return run?.id;
}

async function create(place: Place): Promise<void> {
  const { client, repository, check } = place;
  try {
    await client.request("POST /repos/{owner}/{repo}/check-runs", {
      ...writing(repository),
      head_sha: check.head,
      ...fieldsOf(check),
    });
  } catch (error) {
    if (!mayHaveHappened(error) || !(await find(place))) throw error;
  }
}

async function update({ client, repository, check }: Place, id: number): Promise<void> {
  await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
    ...repeatably(writing(repository)),
    check_run_id: id,
    ...fieldsOf(check),
  });
}

function fieldsOf({ name, externalId, conclusion, title, summary, text }: CheckReport) {
  return {
    name,
    external_id: externalId,
    status: "completed",
    conclusion,
    output: { title, summary: bounded(summary), text: bounded(text) },
  } as const;
}

/** Cuts at a whole character. */
function bounded(text: string): string {
  return text.length <= longestText
    ? text
    : `${text.slice(0, longestText - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

function writing(repository: Repository) {
  return accessTo(repository, { checks: "write" });
}
