import type { Annotation, CheckRun } from "../model.ts";
import { invalid } from "../refusal.ts";
import { checkRunHookShape } from "../shapes/check-shape.ts";
import { now } from "../world.ts";
import { announce, type By } from "./announce.ts";
import { suiteHookShape } from "./ref-acts.ts";
import { suiteOf } from "./suite-of.ts";

const mostAnnotations = 50;

/** What can be said about a check run when it is created or updated. */
export type CheckFields = {
  name?: string | undefined;
  external_id?: string | undefined;
  details_url?: string | undefined;
  status?: CheckRun["status"] | undefined;
  conclusion?: string | undefined;
  started_at?: string | undefined;
  completed_at?: string | undefined;
  output?:
    | {
        title?: string | undefined;
        summary?: string | undefined;
        text?: string | undefined;
        annotations?: Annotation[] | undefined;
      }
    | undefined;
};

/** Creates a check run of the App on a commit. */
export function createCheckRun(by: By, headSha: string, fields: CheckFields & { name: string }): CheckRun {
  refuseTooMuch(fields);
  const { world, repository } = by;
  const run: CheckRun = {
    id: world.newId(),
    suiteId: suiteOf(by, headSha),
    name: fields.name,
    headSha,
    externalId: "",
    detailsUrl: null,
    status: "queued",
    conclusion: null,
    startedAt: now(world),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
  };
  repository.checkRuns.push(run);
  apply(by, run, fields);
  announceRun(by, run, "created");
  if (run.status === "completed") announceRun(by, run, "completed");
  return run;
}

/** Updates a check run; annotations are added to those that it has. */
export function updateCheckRun(by: By, run: CheckRun, fields: CheckFields): void {
  refuseTooMuch(fields);
  const wasCompleted = run.status === "completed";
  apply(by, run, fields);
  if (run.status === "completed" && !wasCompleted) announceRun(by, run, "completed");
}

/** What a job of a workflow came to: GitHub makes its check run, which mostly says nothing but that it failed. */
export type Job = { name: string; head: string; conclusion: string; log: string };

/** A job of a workflow ends. */
export function endJob(by: By, { name, head, conclusion, log }: Job): void {
  const run = createCheckRun(by, head, { name });
  run.log = log;
  run.suiteId = by.world.newId();
  updateCheckRun(by, run, { conclusion });
}

/** A person asks for one check run again. */
export function rerequestRun(by: By, run: CheckRun): void {
  announceRun(by, run, "rerequested");
}

/** A person asks for all checks of a commit again. */
export async function rerequestSuite(by: By, headSha: string): Promise<void> {
  announce(by, "check_suite.rerequested", { check_suite: await suiteHookShape(by, headSha) });
}

function apply(by: By, run: CheckRun, fields: CheckFields): void {
  run.name = fields.name ?? run.name;
  run.externalId = fields.external_id ?? run.externalId;
  run.detailsUrl = fields.details_url ?? run.detailsUrl;
  run.startedAt = fields.started_at ?? run.startedAt;
  applyStatus(by, run, fields);
  applyOutput(run, fields.output ?? {});
}

/** A conclusion completes a run, whatever status is given. */
function applyStatus(by: By, run: CheckRun, fields: CheckFields): void {
  run.status = fields.conclusion ? "completed" : (fields.status ?? run.status);
  const completed = run.status === "completed";
  run.conclusion = completed ? (fields.conclusion ?? run.conclusion) : null;
  run.completedAt = completed ? (fields.completed_at ?? run.completedAt ?? now(by.world)) : null;
}

function applyOutput(run: CheckRun, output: NonNullable<CheckFields["output"]>): void {
  run.title = output.title ?? run.title;
  run.summary = output.summary ?? run.summary;
  run.text = output.text ?? run.text;
  run.annotations.push(...(output.annotations ?? []));
}

function announceRun(by: By, run: CheckRun, action: string): void {
  announce(by, `check_run.${action}`, { check_run: checkRunHookShape(by.world, by.repository, run) });
}

const longestText = 65_535;

function refuseTooMuch({ output, status, conclusion }: CheckFields): void {
  if (status === "completed" && !conclusion)
    throw invalid("Invalid request.\n\nFor 'allOf/0', \"conclusion\" wasn't supplied.");
  if ((output?.annotations?.length ?? 0) > mostAnnotations)
    throw invalid(
      `Invalid request.\n\nNo more than ${mostAnnotations} items are allowed; ${output?.annotations?.length} were supplied.`,
    );
  for (const part of ["summary", "text"] as const)
    if ((output?.[part]?.length ?? 0) > longestText)
      throw invalid(
        `Invalid request.\n\nOnly ${longestText} characters are allowed; ${output?.[part]?.length} were supplied.`,
      );
}
