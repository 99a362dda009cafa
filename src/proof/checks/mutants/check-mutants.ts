import type { CheckRow } from "../../../domain/evidence/evidence.ts";

/**
 * The check `mutants` as the evidence has it: nothing of it is measured before the pull request is open, and nothing of it
 * ever changes the verdict. What comes of it is a document of its own, and the row there is written anew.
 */
export function checkMutants(planned: number, { isOff }: { isOff: boolean }): CheckRow<"mutants"> {
  const many = planned === 1 ? "One changed line is" : `${planned} changed lines are`;
  const due = isOff
    ? "It is switched off (limits.questionMinutes)."
    : `${many} broken once the pull request is open, and what no test notices is asked there.`;
  const line = planned === 0 ? "No changed line that tests run can be broken." : due;
  return { name: "mutants", status: "not measured", line, findings: [] };
}
