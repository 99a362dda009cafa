import { currentAttempt, type Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import { reportCheck } from "./report-check.ts";
import { rewriteBody } from "./rewrite-body.ts";

/** Tells the pull request and its check run what was asked of the change, once each; resolves to the time. */
export async function showQuestions(
  task: Task,
  ports: Pick<Ports, "clock" | "artefacts" | "pullRequests" | "checkRuns" | "signer">,
): Promise<string> {
  const { commit } = currentAttempt(task) ?? {};
  await rewriteBody(task, ports);
  return commit ? reportCheck(task, commit, ports) : ports.clock.now().toISOString();
}
