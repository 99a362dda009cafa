import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { currentAttempt, type Task } from "../domain/task.ts";
import { taskKey } from "../domain/task-id.ts";
import type { Artefacts, Tasks } from "../ports/store.ts";

/** Copies what an attempt left for people into a directory; resolves to the files' paths. */
export async function keepFiles(
  task: Task,
  { out }: { out: string },
  { artefacts, tasks }: { artefacts: Artefacts; tasks: Tasks },
): Promise<string[]> {
  const number = currentAttempt(task)?.number;
  const names = [
    ["evidence.json", `evidence-${number}.json`],
    ["validation.log", `validation-${number}.log`],
    ["validation-again.log", `validation-again-${number}.log`],
    ["baseline.log", `baseline-${number}.log`],
    ["baseline-again.log", `baseline-again-${number}.log`],
    ["proof-of-test.log", `proof-of-test-${number}.log`],
    ["change.pack", `change-${number}.pack`],
  ] as const;
  await mkdir(out, { recursive: true });
  const copied = await Promise.all(
    names.map(async ([name, artefact]) => {
      const bytes = await artefacts.read(`${taskKey(task.id)}/${artefact}`);
      if (bytes) await writeFile(join(out, name), bytes);
      return bytes ? [join(out, name)] : [];
    }),
  );
  const history = (await tasks.history(task.id)).map((line) => `${JSON.stringify(line)}\n`);
  await writeFile(join(out, "history.jsonl"), history.join(""));
  const body = task.pullRequest ? [join(out, "body.md")] : [];
  return [join(out, "status.md"), ...body, ...copied.flat(), join(out, "history.jsonl")];
}
