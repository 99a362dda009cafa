import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { currentAttempt, type Task } from "../domain/task.ts";
import { taskKey } from "../domain/task-id.ts";
import type { Artefacts } from "../ports/store.ts";

/** Copies what an attempt left for people into a directory; resolves to the files' paths. */
export async function keepFiles(
  task: Task,
  { out }: { out: string },
  artefacts: Artefacts,
): Promise<string[]> {
  const number = currentAttempt(task)?.number;
  const names = [
    ["evidence.json", `evidence-${number}.json`],
    ["validation.log", `validation-${number}.log`],
    ["baseline.log", `baseline-${number}.log`],
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
  const body = task.pullRequest ? [join(out, "body.md")] : [];
  return [join(out, "status.md"), ...body, ...copied.flat()];
}
