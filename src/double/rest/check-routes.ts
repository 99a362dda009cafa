import { z } from "zod";
import { createCheckRun, updateCheckRun } from "../acts/check-acts.ts";
import { objectType, resolveCommit } from "../git/read-objects.ts";
import { type Answer, created, ok } from "../http/answer.ts";
import { pageOf, paginate } from "../http/paginate.ts";
import type { CheckRun } from "../model.ts";
import { invalid, notFound } from "../refusal.ts";
import { appOf, checkRunShape } from "../shapes/check-shape.ts";
import { bodyOf, type RepositoryCall, repositoryRoute } from "./calls.ts";

const Annotation = z.object({
  path: z.string(),
  start_line: z.number().int(),
  end_line: z.number().int(),
  start_column: z.number().int().optional(),
  end_column: z.number().int().optional(),
  annotation_level: z.enum(["notice", "warning", "failure"]),
  message: z.string(),
  title: z.string().optional(),
  raw_details: z.string().optional(),
});
const CheckFields = z.object({
  name: z.string().optional(),
  external_id: z.string().optional(),
  details_url: z.string().optional(),
  status: z.enum(["queued", "in_progress", "completed"]).optional(),
  conclusion: z
    .enum(["action_required", "cancelled", "failure", "neutral", "success", "skipped", "timed_out"])
    .optional(),
  started_at: z.string().optional(),
  completed_at: z.string().optional(),
  output: z
    .object({
      title: z.string().optional(),
      summary: z.string(),
      text: z.string().optional(),
      annotations: z.array(Annotation).optional(),
    })
    .optional(),
});
const NewCheck = CheckFields.extend({ name: z.string(), head_sha: z.string() });

/** The App's check runs, and the logs of those that are jobs of workflows. */
export const checkRoutes = [
  repositoryRoute("POST /check-runs", ["checks:write"], async (call) => {
    const { head_sha, ...fields } = bodyOf(NewCheck, call);
    if ((await objectType(call.repository.directory, head_sha)) !== "commit")
      throw invalid(`No commit found for SHA: ${head_sha}`);
    const run = createCheckRun(call.by, head_sha, fields);
    const effect = { kind: "check.created", subject: run.id };
    return created(checkRunShape(call.world, call.repository, run), effect);
  }),
  repositoryRoute("GET /check-runs/:id", ["checks:read"], (call) =>
    ok(checkRunShape(call.world, call.repository, runAt(call, call.params.id))),
  ),
  repositoryRoute("PATCH /check-runs/:id", ["checks:write"], (call) => {
    const run = runAt(call, call.params.id);
    updateCheckRun(call.by, run, bodyOf(CheckFields, call));
    const effect = { kind: "check.updated", subject: run.id };
    return ok(checkRunShape(call.world, call.repository, run), effect);
  }),
  repositoryRoute("GET /check-runs/:id/annotations", ["checks:read"], (call) =>
    pageOf(runAt(call, call.params.id).annotations, call.url, (annotation) => ({
      start_column: null,
      end_column: null,
      title: null,
      raw_details: null,
      blob_href: `${call.url.origin}/`,
      ...annotation,
    })),
  ),
  repositoryRoute("GET /actions/jobs/:id/logs", ["actions:read"], (call) => {
    const { id, log } = runAt(call, call.params.id);
    if (log === undefined) throw notFound();
    return { status: 302, headers: { location: `${call.world.url}/_logs/${id}` } };
  }),
  repositoryRoute("GET /commits/:ref/check-runs", ["checks:read"], listRuns),
];

function runAt({ repository }: RepositoryCall, id: string): CheckRun {
  const run = repository.checkRuns.find((one) => one.id === Number(id));
  if (!run) throw notFound();
  return run;
}

async function listRuns(call: RepositoryCall & { params: { ref: string } }): Promise<Answer> {
  const { world, repository, url } = call;
  const sha = await resolveCommit(repository.directory, call.params.ref);
  if (!sha) throw invalid(`No commit found for SHA: ${call.params.ref}`);
  const { items, link } = paginate(matchingRuns(call, sha), url);
  const body = {
    total_count: matchingRuns(call, sha).length,
    check_runs: items.map((run) => checkRunShape(world, repository, run)),
  };
  return link ? { ...ok(body), headers: { link } } : ok(body);
}

function matchingRuns({ world, repository, url }: RepositoryCall, sha: string): CheckRun[] {
  const query = url.searchParams;
  const name = query.get("check_name");
  const status = query.get("status");
  const app = query.get("app_id");
  const found = repository.checkRuns
    .filter((run) => run.headSha === sha)
    .filter((run) => !name || run.name === name)
    .filter((run) => !status || run.status === status)
    .filter((run) => !app || Number(app) === appOf(world, run).id)
    .reverse();
  if (query.get("filter") === "all") return found;
  return found.filter((run, at) => found.findIndex((one) => one.name === run.name) === at);
}
