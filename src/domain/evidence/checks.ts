/** What a check may read: the head of a change, its base, and the rules of brief and repository. */
export type CheckedFact = "head" | "base" | "rules";

/** A step of the proof: `runs` of the command, the `texts` of the changed files, or their `paths` and numbers. */
export type ProofStep = "runs" | "texts" | "paths";

type CheckFacts = {
  /** The step that measures it. */
  by: ProofStep;
  /** What it reads: a row is about what these were, and says nothing of what they have become. */
  reads: readonly CheckedFact[];
  /** The worst that its row ever says. What is `not measured` at best never changes a verdict. */
  worst: "not measured" | "pass" | "attention" | "fail";
  /** What evidence of an earlier version has in its place: the same, no row, or a row that asks for attention where this one passes. */
  before: "same" | "absent" | "stricter";
};

const change = ["head", "base"] as const;

/** What is measured about a change, in the order in which it is shown. */
const checks = {
  validation: { by: "runs", reads: ["head", "rules"], worst: "fail", before: "same" },
  baseline: { by: "runs", reads: [...change, "rules"], worst: "fail", before: "same" },
  flaky: { by: "runs", reads: [...change, "rules"], worst: "attention", before: "same" },
  "proof of test": { by: "runs", reads: [...change, "rules"], worst: "attention", before: "stricter" },
  shown: { by: "runs", reads: [...change, "rules"], worst: "attention", before: "absent" },
  "base tests": { by: "runs", reads: [...change, "rules"], worst: "attention", before: "absent" },
  assertions: { by: "runs", reads: [...change, "rules"], worst: "attention", before: "absent" },
  covered: { by: "runs", reads: [...change, "rules"], worst: "attention", before: "absent" },
  mutants: { by: "runs", reads: [...change, "rules"], worst: "not measured", before: "absent" },
  conditions: { by: "texts", reads: change, worst: "attention", before: "absent" },
  tests: { by: "texts", reads: change, worst: "fail", before: "same" },
  scope: { by: "paths", reads: [...change, "rules"], worst: "fail", before: "same" },
  dependencies: { by: "texts", reads: [...change, "rules"], worst: "fail", before: "same" },
  protected: { by: "paths", reads: [...change, "rules"], worst: "fail", before: "same" },
  approvals: { by: "paths", reads: [...change, "rules"], worst: "attention", before: "same" },
  secrets: { by: "texts", reads: [...change, "rules"], worst: "fail", before: "same" },
  "hidden text": { by: "texts", reads: change, worst: "attention", before: "absent" },
  size: { by: "paths", reads: [...change, "rules"], worst: "attention", before: "same" },
  strays: { by: "paths", reads: [...change, "rules"], worst: "pass", before: "same" },
  criteria: { by: "paths", reads: [...change, "rules"], worst: "pass", before: "same" },
} as const satisfies Record<string, CheckFacts>;

export type CheckName = keyof typeof checks;

/** The checks that one step of the proof measures. */
export type MeasuredBy<Step extends ProofStep> = {
  [Name in CheckName]: (typeof checks)[Name]["by"] extends Step ? Name : never;
}[CheckName];

type Worst<Name extends CheckName> = (typeof checks)[Name]["worst"];

/** What the row of a check may say: no more than its worst. */
export type StatusOf<Name extends CheckName> =
  | "not measured"
  | (Worst<Name> extends "not measured" ? never : "pass")
  | (Worst<Name> extends "attention" | "fail" ? "attention" : never)
  | (Worst<Name> extends "fail" ? "fail" : never);

/** The names in the order in which they are shown. */
export const checkNames = Object.keys(checks) as [CheckName, ...CheckName[]];

/** The facts of a check. */
export function factsOfCheck(name: CheckName): CheckFacts {
  return checks[name];
}
