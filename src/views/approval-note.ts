import type { Evidence } from "../domain/evidence/evidence.ts";
import { newestProof } from "../domain/task/newest-proof.ts";
import type { Task } from "../domain/task/task.ts";
import { shownLine } from "./shown-text.ts";

/** What of a change needs a person's word, and whose is there for this very head; undefined where nothing does. */
export function approvalNote(task: Task, { checks }: Pick<Evidence, "checks">): string | undefined {
  const check = checks.find(({ name }) => name === "approvals");
  if (check?.status !== "attention") return undefined;
  const head = newestProof(task)?.commit;
  const given = (task.approvals ?? []).filter((one) => one.head === head);
  const words = given.map(({ name, by }) => `${name} by ${by}`);
  return shownLine(
    `${check.line || "Somebody has to say so."}${words.length > 0 ? ` Approved: ${words.join(", ")}.` : ""}`,
  );
}
