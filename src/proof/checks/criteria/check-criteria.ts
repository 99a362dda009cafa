import type { CheckRow, Finding } from "../../../domain/evidence/evidence.ts";
import type { Criterion } from "../../../domain/task/brief.ts";
import { matchCriterion } from "./match-criterion.ts";
import type { CriterionClaim } from "./read-claims.ts";
import type { TurnedTest } from "./turned-tests.ts";

/** A file that an agent named and that the tree has: its text, and whether it is part of the change. */
export type NamedFile = { text: string; changed: boolean };

/**
 * What is known of the evidence for the criteria: the tests that the change turned from red to green, and what the agent
 * named; `files` are those of the named that there are.
 */
export type CriteriaGrounds = {
  criteria: Criterion[];
  turned?: TurnedTest[];
  claims: ReadonlyMap<string, CriterionClaim>;
  files: ReadonlyMap<string, NamedFile>;
};

/**
 * The check `criteria`: of each criterion whether a measured test shows it, else whether the evidence that the agent named
 * exists. That there is such a test does not say that it shows what was asked, so nothing is ever ticked, and the verdict
 * does not depend on it.
 */
export function checkCriteria({
  criteria,
  turned = [],
  claims,
  files,
}: CriteriaGrounds): CheckRow<"criteria"> {
  const name = "criteria";
  const found = criteria.map(({ id, text }) => {
    const claim = claims.get(id);
    return { id, ...(measuredFor({ text, claim, files }, turned) ?? evidenceFor(claim, files)) };
  });
  const findings = found.map(
    ({ id, message, ...where }): Finding => ({ ...where, criterion: id, message: `${id}: ${message}` }),
  );
  const measured = found.filter((one) => one.measured).length;
  const evidenced = found.filter((one) => one.measured || one.path !== undefined).length;
  if (claims.size === 0 && measured === 0)
    return {
      ...{ name, status: "not measured", findings },
      line: "No measured test bears the words of a criterion, and the agent named no evidence for any.",
    };
  return {
    name,
    // What nobody can show was not measured; and were it a pass, it would look like a tick.
    status: evidenced === criteria.length ? "pass" : "not measured",
    line: `a measured test for ${measured} of ${criteria.length}, evidence for ${evidenced}; whether it suffices is for the reviewer`,
    findings,
  };
}

type Evidenced = Pick<Finding, "path" | "message" | "measured">;

type AskedCriterion = { text: string; claim: CriterionClaim | undefined; files: CriteriaGrounds["files"] };

/** What was measured comes before an agent's word; that word may still say which of the measured tests it is, and where. */
function measuredFor({ text, claim, files }: AskedCriterion, turned: TurnedTest[]): Evidenced | undefined {
  const matched = matchCriterion(text, turned);
  const isNamed = ({ name }: TurnedTest): boolean =>
    claim?.titles.some((title) => title.trim() === name) ?? false;
  const test = matched ?? turned.find(isNamed);
  if (!test) return undefined;
  const path = test.path ?? (isNamed(test) ? evidenceFor(claim, files).path : undefined);
  return {
    ...(path !== undefined && { path }),
    message: `the test ${JSON.stringify(test.name)} fails on the base's code and passes here${matched ? "" : "; the agent named it"}`,
    measured: true,
  };
}

function evidenceFor(claim: CriterionClaim | undefined, files: CriteriaGrounds["files"]): Evidenced {
  if (!claim || claim.files.length === 0) return { message: "not evidenced: the agent named no file" };
  const there = claim.files.flatMap((path) => {
    const file = files.get(path);
    return file ? [{ path, ...file }] : [];
  });
  if (there.length === 0) return { message: `not evidenced: there is no ${JSON.stringify(claim.files[0])}` };
  if (claim.titles.length === 0)
    return { message: `not evidenced: the agent named ${JSON.stringify(there[0]?.path)} and no test in it` };
  for (const { path, text, changed } of there) {
    const title = claim.titles.find((one) => holds(text, one.trim()));
    if (title !== undefined)
      return {
        path,
        message: `the named test ${JSON.stringify(title.trim())} exists${changed ? " in the change" : ", unchanged"}`,
      };
  }
  return { message: `not evidenced: none of the named tests is in ${JSON.stringify(there[0]?.path)}` };
}

/** Whether a text has a title as a whole: `test_a` is not in `test_ab`. */
function holds(text: string, title: string): boolean {
  for (let at = text.indexOf(title); at !== -1; at = text.indexOf(title, at + title.length)) {
    const around = [text[at - 1] ?? " ", text[at + title.length] ?? " "];
    if (!around.some((character) => /[\p{L}\p{N}_]/u.test(character))) return true;
  }
  return false;
}
