import { beforeEach, describe, expect, test } from "@jest/globals";
import type { BranchRules } from "../../src/domain/rules/protection.ts";
import { Office } from "./office.ts";

const at = {} as { office: Office };
beforeEach(() => {
  at.office = new Office();
});

const rules: BranchRules = {
  ...{ approvals: 0, dismissesStale: false, checks: [], drafts: null, bypass: [] },
  signatures: true,
};

const branches = () => [...at.office.github.refs.keys()].filter((name) => name.startsWith("agent/"));

describe("a base that requires signed commits", () => {
  test("gets no branch of a commit that GitHub did not sign; the work is kept, and the rule is named", async () => {
    at.office.github.rules = rules;
    at.office.github.signs = false;

    const task = await at.office.delegate();

    const [said = ""] = at.office.said(task.id.issueNumber);
    expect([task.state, branches(), task.pullRequest]).toEqual(["ended: failed", [], undefined]);
    expect(task.failure?.kind).toBe("rules");
    expect(said).toContain("`main` requires signed commits");
    expect(said).toContain("(unsigned)");
    expect(said).toContain("The work is kept on the server as the artefact");
    expect(at.office.workshop.prompts).toHaveLength(1);
  });

  test("keeps its pull request as it was, and the correction is not used up", async () => {
    at.office.github.rules = rules;
    const proposed = await at.office.delegate();
    const [branch = ""] = branches();
    const before = at.office.github.refs.get(branch);
    at.office.github.signs = false;
    at.office.workshop.passes("shorter");
    at.office.workshop.deed = async () => ({ leaves: "shorter" });

    const task = await at.office.retry(proposed);

    expect([task.state, at.office.github.refs.get(branch)]).toEqual(["proposed", before]);
    expect(at.office.said(task.id.issueNumber)[0]).toContain("requires signed commits");
  });

  test("gets what GitHub signed", async () => {
    at.office.github.rules = rules;

    expect((await at.office.delegate()).state).toBe("proposed");
  });
});

test.each([
  ["asks for no signature", false],
  ["does not let its rules be seen", null],
])("a base that %s gets the commit, and the reviewer is told", async (_, signatures) => {
  at.office.github.rules = { ...rules, signatures };
  at.office.github.signs = false;

  const task = await at.office.delegate();

  const body = at.office.github.pulls.get(task.pullRequest ?? 0)?.body;
  expect(body).toContain("The commit has no signature that GitHub verifies.");
});
