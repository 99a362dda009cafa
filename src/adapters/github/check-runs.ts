import { Failure } from "../../domain/task/failure.ts";
import type { Repository } from "../../domain/task/task.ts";
import type { CheckNote, CheckReport, CheckRuns, OwnCheck } from "../../ports/github.ts";
import { accessTo, type GitHubClient, repeatably } from "./access.ts";
import { creatingRuns, mostRunsAtOnce } from "./allowed-mutations.ts";
import { mayHaveHappened } from "./github-failure.ts";
import type { NodeIds } from "./node-ids.ts";
import { everyItem, firstFitting } from "./pages.ts";
import { readFailedChecks } from "./read-failed-checks.ts";

/** GitHub refuses a longer text or summary. */
const longestText = 65_535;

/** The check runs of the App with this number; several that are new are created at once where `nodes` has their repository. */
export function checkRunsOf({ client, appId, nodes }: CheckParts): CheckRuns {
  return {
    async report(repository, checks) {
      const places = checks.map((check) => ({ client, appId, repository, check }));
      const isThere: boolean[] = [];
      for (const place of places) isThere.push(await updateFound(place));
      await createAll(
        places.filter((_, at) => !isThere[at]),
        nodes.get(repository.id),
      );
      for (const place of places) await annotate(place);
    },
    failed: (repository, head) => readFailedChecks(client, { repository, head, appId }),
  };
}

/** Whether the check run is there already; where it says something else it is updated. */
async function updateFound(place: CheckPlace): Promise<boolean> {
  const { check } = place;
  const known = check.among ? check.among.find((run) => isSameCheck(run, check)) : await find(place);
  // GitHub allows far fewer writes than reads.
  if (known && !says(known, check)) await update(place, known.id);
  return known !== undefined;
}

type CheckParts = { client: GitHubClient; appId: number; nodes: NodeIds };

/** Creates check runs, together if that can be; what then went wrong with any is looked for by itself. */
async function createAll(places: CheckPlace[], repositoryNode: string | undefined): Promise<void> {
  const [first] = places;
  if (!first) return;
  const isTogether = places.length > 1 && places.length <= mostRunsAtOnce && repositoryNode !== undefined;
  if (isTogether && (await createTogether(places, { ...first, repositoryNode }))) return;
  for (const place of places) if (!isTogether || !(await find(place))) await createCheckRun(place);
}

/** False where not all of them are known to be created: an answer was lost, or GitHub took some and not others. */
async function createTogether(
  places: CheckPlace[],
  { client, repository, repositoryNode }: CheckPlace & { repositoryNode: string },
): Promise<boolean> {
  const inputs = places.map(({ check }, at) => [`run${at + 1}`, checkRunInput(check, repositoryNode)]);
  const { request } = checksWrite(repository);
  try {
    await client.graphql(creatingRuns(places.length), { ...Object.fromEntries(inputs), request });
    return true;
  } catch (error) {
    if (error instanceof Failure && error.kind === "bug") throw error;
    return false;
  }
}

/** The fields of a new check run in the words of GraphQL. */
function checkRunInput(check: CheckReport, repositoryId: string) {
  const { name, external_id: externalId, output } = checkRunFields(check);
  const conclusion = check.conclusion.toUpperCase();
  return { repositoryId, headSha: check.head, name, externalId, status: "COMPLETED", conclusion, output };
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
  for (let lost = 0; annotations.length > 0; ) {
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
