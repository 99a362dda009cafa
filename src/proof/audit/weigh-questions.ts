import type { Questions } from "../../domain/evidence/questions.ts";
import type { HistoryLine } from "../../domain/task/task.ts";
import type { Weighed } from "./weighed.ts";

/** A document of questions as it was found, with its SHA-256, and that of the evidence beside it. */
export type FoundQuestions = { questions: Questions; sha256: string; evidenceSha256: string };

const repair = "Do not trust this file: take it from the server that measured it.";

/** Holds the questions of a change against the evidence that they follow, and against the history that names them. */
export function weighQuestions(found: FoundQuestions, history: HistoryLine[]): Weighed[] {
  const { questions, sha256, evidenceSha256 } = found;
  const follows = questions.evidenceSha256 === evidenceSha256;
  const named = history.some(({ details }) => details.questionsSha256 === sha256);
  return [
    {
      ...{ what: "questions evidence", holds: follows, repair },
      line: follows ? "they follow this evidence" : "they are about other evidence",
    },
    {
      ...{ what: "questions history", repair, holds: history.length === 0 ? undefined : named },
      line: named ? "the history names them" : "no history that is here names them",
    },
  ];
}
