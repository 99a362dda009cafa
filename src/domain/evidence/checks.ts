/**
 * What is measured about a change, in the order in which it is shown. `by` is the step of the proof that measures it: `runs`
 * of the command, the `texts` of the changed files, or their `paths` and numbers. `isLater`: evidence of before may lack it.
 */
const checks = {
  validation: { by: "runs", isLater: false },
  baseline: { by: "runs", isLater: false },
  flaky: { by: "runs", isLater: false },
  "proof of test": { by: "runs", isLater: false },
  shown: { by: "runs", isLater: true },
  "base tests": { by: "runs", isLater: true },
  assertions: { by: "runs", isLater: true },
  covered: { by: "runs", isLater: true },
  mutants: { by: "runs", isLater: true },
  conditions: { by: "texts", isLater: true },
  tests: { by: "texts", isLater: false },
  scope: { by: "paths", isLater: false },
  dependencies: { by: "texts", isLater: false },
  protected: { by: "paths", isLater: false },
  approvals: { by: "paths", isLater: false },
  secrets: { by: "texts", isLater: false },
  "hidden text": { by: "texts", isLater: true },
  size: { by: "paths", isLater: false },
  strays: { by: "paths", isLater: false },
  criteria: { by: "paths", isLater: false },
} as const satisfies Record<string, { by: "runs" | "texts" | "paths"; isLater: boolean }>;

export type CheckName = keyof typeof checks;

/** The checks that one step of the proof measures: what it gives has a row for each, or does not compile. */
export type MeasuredBy<Step extends (typeof checks)[CheckName]["by"]> = {
  [Name in CheckName]: (typeof checks)[Name]["by"] extends Step ? Name : never;
}[CheckName];

/** The names in the order in which they are shown. */
export const checkNames = Object.keys(checks) as [CheckName, ...CheckName[]];

/** Whether evidence may lack a row of this name, because it was written before there was such a check. */
export function mayLack(name: CheckName): boolean {
  return checks[name].isLater;
}
