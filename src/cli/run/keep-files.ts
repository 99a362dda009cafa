import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { OpenedArtefacts } from "../../adapters/artefacts/opened-artefacts.ts";
import { askedMode } from "../../adapters/host/widen-umask.ts";
import { Evidence } from "../../domain/evidence/evidence.ts";
import { currentAttempt, type Task } from "../../domain/task/task.ts";
import type { Artefacts, Tasks } from "../../ports/store.ts";
import { historyFile, type ResultFile } from "./result-files.ts";

/** Copies what an attempt left for people into a directory; resolves to the files' paths. */
export async function keepFiles(
  task: Task,
  { out }: { out: string },
  { artefacts, tasks }: { artefacts: OpenedArtefacts; tasks: Tasks },
): Promise<string[]> {
  await mkdir(out, { recursive: true, mode: askedMode() });
  const kept: string[] = [];
  for (const [name, artefact] of await filesToKeep(task, artefacts)) {
    const file = join(out, name);
    if (artefact !== undefined && (await artefacts.copy(artefact, file))) kept.push(file);
  }
  const history = (await tasks.history(task.id)).map((line) => `${JSON.stringify(line)}\n`);
  await writeFile(join(out, historyFile), history.join(""));
  const body = task.pullRequest ? [join(out, "body.md")] : [];
  return [join(out, "status.md"), ...body, ...kept, join(out, historyFile)];
}

/** The files for people and the artefacts that they are copies of. */
async function filesToKeep(task: Task, artefacts: Artefacts): Promise<[ResultFile, string | undefined][]> {
  const { evidence: proved, change, asking } = currentAttempt(task) ?? {};
  const bytes = proved && (await artefacts.read(proved.artefact));
  const evidence = bytes && Evidence.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  return [
    ["evidence.json", proved?.artefact],
    ["validation.log", evidence?.validation?.log],
    ["validation-again.log", evidence?.validationAgain?.log],
    ["baseline.log", evidence?.baseline?.log],
    ["baseline-again.log", evidence?.baselineAgain?.log],
    ["proof-of-test.log", evidence?.proofOfTest?.log],
    ["base-tests.log", evidence?.baseTests?.log],
    ["base-tests-again.log", evidence?.baseTestsAgain?.log],
    ...(evidence?.assertions?.runs ?? []).map(({ log }, at): [ResultFile, string] => [
      `assertions-${at + 1}.log`,
      log,
    ]),
    ["covered.log", evidence?.covered?.log],
    ...elsewhereLogs(evidence),
    ["questions.json", asking?.ended?.artefact],
    ["change.pack", change?.pack],
  ];
}

function elsewhereLogs(evidence: Evidence | undefined): [ResultFile, string][] {
  const { change = [], base = [], singles = [] } = evidence?.elsewhere ?? {};
  return [...change, ...base, ...singles].map(({ log }, at) => [`elsewhere-${at + 1}.log`, log]);
}
