/** What a run leaves in its directory for results, once each. */
const single = [
  ...(["status.md", "body.md", "evidence.json", "questions.json", "change.pack"] as const),
  ...(["validation.log", "validation-again.log", "baseline.log", "baseline-again.log"] as const),
  ...(["proof-of-test.log", "base-tests.log", "base-tests-again.log", "covered.log"] as const),
] as const;

/** What it leaves of each of several runs, by their numbers. */
const numbered = /^(?:assertions|elsewhere)-\d+\.log$/;

/** A name that a later run knows for its own. */
export type ResultFile = (typeof single)[number] | `${"assertions" | "elsewhere"}-${number}.log`;

/** The history, which every run leaves, and writes last. */
export const historyFile = "history.jsonl";

/** Whether a file of this name is what a run leaves beside its history. */
export function isResultFile(name: string): boolean {
  return single.some((one) => one === name) || numbered.test(name);
}
