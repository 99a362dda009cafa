import type { Check, Finding } from "../../../domain/evidence/evidence.ts";
import type { Criterion } from "../../../domain/task/brief.ts";
import type { CriterionClaim } from "./read-claims.ts";

/** A file that an agent named and that the tree has: its text, and whether it is part of the change. */
export type NamedFile = { text: string; changed: boolean };

/** What is known of the evidence for the criteria; `files` are those of the named that there are. */
export type CriteriaGrounds = {
  criteria: Criterion[];
  claims: ReadonlyMap<string, CriterionClaim>;
  files: ReadonlyMap<string, NamedFile>;
};

/**
 * The check `criteria`: of each criterion whether the evidence that the agent named exists. That a test of that name is
 * there does not say that it shows what was asked, so nothing is ever ticked, and the verdict does not depend on it.
 */
export function checkCriteria({ criteria, claims, files }: CriteriaGrounds): Check {
  const name = "criteria";
  const found = criteria.map(({ id }) => ({ id, ...evidenceFor(claims.get(id), files) }));
  const named = found.filter(({ path }) => path !== undefined).length;
  const findings = found.map(
    ({ id, path, message }): Finding => ({ ...(path && { path }), message: `${id}: ${message}` }),
  );
  if (claims.size === 0)
    return { name, status: "not measured", line: "The agent named no evidence for any criterion.", findings };
  return {
    name,
    // What nobody can show was not measured; and were it a pass, it would look like a tick.
    status: named === criteria.length ? "pass" : "not measured",
    line: `evidence exists for ${named} of ${criteria.length}; whether it suffices is for the reviewer`,
    findings,
  };
}

function evidenceFor(
  claim: CriterionClaim | undefined,
  files: CriteriaGrounds["files"],
): { path?: string; message: string } {
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
