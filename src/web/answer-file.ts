import type { Context } from "hono";
import { taskFiles } from "../views/task-files.ts";
import { evidenceOf, findTask } from "./find-task.ts";
import type { PageSources } from "./page.ts";
import { readEvidence } from "./read-evidence.ts";
import type { PageEnv } from "./viewer.ts";

/** Hands out a file of a task as something to keep, never as a page; undefined where there is none for this viewer. */
export async function answerFile(
  context: Context<PageEnv>,
  sources: PageSources,
): Promise<Response | undefined> {
  const task = await findTask({ viewer: context.get("viewer"), params: context.req.param() }, sources);
  if (!task) return undefined;
  const evidence = await readEvidence(evidenceOf(task), sources.ports);
  const file = taskFiles(task, evidence).find(({ name }) => name === context.req.param("name"));
  const bytes = file && (await sources.ports.artefacts.read(file.artefact));
  if (!bytes) return undefined;
  const type = file.name.endsWith(".json") ? "application/json" : "text/plain; charset=utf-8";
  return context.body(new Uint8Array(bytes), 200, {
    "content-type": type,
    "content-disposition": `attachment; filename="${file.name}"`,
  });
}
