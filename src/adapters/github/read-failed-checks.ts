import type { ObjectId } from "../../domain/evidence/change.ts";
import type { Repository } from "../../domain/task/task.ts";
import type { FailedCheck } from "../../ports/github.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import { allFitting, everyItem } from "./pages.ts";
import { readJobLog } from "./read-job-log.ts";

/** How a check run ends that somebody has to mend. */
const failures = new Set(["failure", "timed_out", "startup_failure"]);

/** More checks, and more notes of one, than these are not read. */
const most = { checks: 10, notes: 20 };

/** The App whose check runs are jobs of workflows: what failed mostly stands in the log alone. */
const actions = "github-actions";

/** The newest run of each check on a commit that failed, with what it says on its page, and the end of a job's log. */
export async function readFailedChecks(
  client: GitHubClient,
  { repository, head, appId }: { repository: Repository; head: ObjectId; appId: number },
): Promise<FailedCheck[]> {
  const access = accessTo(repository, { checks: "write" });
  const runs = everyItem(async (page) => {
    const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      ...access,
      ref: head,
      ...page,
    });
    return { data: data.check_runs };
  });
  const failed = await allFitting(
    runs,
    ({ conclusion, app }) => app?.id !== appId && failures.has(conclusion ?? ""),
  );
  return Promise.all(
    failed.slice(0, most.checks).map(async ({ id, name, conclusion, output, app }) => {
      const notes = output.annotations_count > 0 ? await readNotes(id) : [];
      const log = app?.slug === actions ? await readJobLog(client, { repository, job_id: id }) : "";
      const said = [output.title, output.summary, output.text, ...notes, log].filter(Boolean);
      return { name, conclusion: conclusion ?? "", output: said.join("\n") };
    }),
  );

  async function readNotes(check_run_id: number): Promise<string[]> {
    const { data } = await client.request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", {
      ...access,
      check_run_id,
    });
    return data
      .filter(({ annotation_level }) => annotation_level === "failure")
      .slice(0, most.notes)
      .map(({ path, start_line, message }) => `${path}:${start_line}: ${message ?? ""}`);
  }
}
