import type { Repository } from "../../domain/task/task.ts";
import { endOfJobLog } from "../../domain/text/end-of-job-log.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import { isRefusal, isUngranted } from "./github-failure.ts";

/** How much of a log is held at once, in bytes; one can have hundreds of megabytes. */
const heldBytes = 64 * 1024;

/**
 * The end of what a failed job of GitHub Actions wrote, or the sentence that says why it was not read: a correction can do
 * without. The number of such a job is that of its check run.
 */
export async function readJobLog(
  client: GitHubClient,
  { repository, job_id }: { repository: Repository; job_id: number },
): Promise<string> {
  const access = accessTo(repository, { actions: "read" });
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs", {
      ...access,
      job_id,
      // As a stream it is never in memory whole.
      request: { ...access.request, parseSuccessResponseBody: false },
    });
    return endOfJobLog(await readEnd(data as ReadableStream<Uint8Array>));
  } catch (error) {
    return whyNotRead(error);
  }
}

/** More of the end than is quoted: what tidies up after the failure writes too. */
async function readEnd(log: ReadableStream<Uint8Array>): Promise<string> {
  let held = Buffer.alloc(0);
  for await (const chunk of log) held = Buffer.concat([held, chunk]).subarray(-heldBytes);
  return held.toString("utf8");
}

function whyNotRead(error: unknown): string {
  if (isUngranted(error) || isRefusal(error, 403))
    return "(Its log was not read: the App lacks the optional permission `actions: read`.)";
  if (isRefusal(error, 404) || isRefusal(error, 410)) return "(GitHub does not keep its log any more.)";
  return "(Its log could not be fetched.)";
}
