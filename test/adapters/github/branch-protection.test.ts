import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { addUpRules } from "../../../src/adapters/github/add-up-rules.ts";
import { approvalCheck, type BranchRules } from "../../../src/domain/rules/protection.ts";
import { rulesetFor } from "../../../src/domain/rules/ruleset.ts";
import { type CheckedDouble, startCheckedDouble } from "../../openapi/recorder.ts";
import { doubleWorld } from "./double-world.ts";

let double: CheckedDouble;
let scratch: string;

beforeAll(async () => {
  double = await startCheckedDouble();
  scratch = await mkdtemp(join(tmpdir(), "github-"));
});

afterAll(async () => {
  const violations = await double.violations();
  await double.close();
  await rm(scratch, { recursive: true, force: true });
  expect(violations).toEqual([]);
});

const none = { approvals: 0, dismissesStale: false, checks: [], signatures: false, drafts: null, bypass: [] };
const app = 4242;
const whole = {
  ...{ name: "ours", conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } } },
  rules: rulesetFor({ branch: "main", isDefault: true, app }).rules.map((rule) => ({ ...rule })),
  bypass_actors: [],
};
const elsewhere = { ...whole, conditions: { ref_name: { include: ["refs/heads/release"], exclude: [] } } };
const check = { context: approvalCheck, app_id: app };
const admin = { actor_type: "RepositoryRole", actor_id: 5 };
const ours = [{ name: approvalCheck, app }];

/** How the branch is protected and what the App may read; what is then known of it. */
const cases: [string, (name: string) => void, Partial<BranchRules>][] = [
  ["nothing at all", () => undefined, none],
  [
    "a ruleset",
    (name) => double.github.setRuleset(name, whole),
    { approvals: 1, dismissesStale: true, checks: ours, bypass: null },
  ],
  ["a ruleset of another branch", (name) => double.github.setRuleset(name, elsewhere), none],
  [
    "classic protection that the App may not read",
    (name) => double.github.protects(name, "main", { approvals: 2, checks: [check] }),
    { approvals: null, dismissesStale: null, checks: ours, signatures: null, bypass: null },
  ],
  [
    "a plan that has no rules, and so no drafts",
    (name) => {
      double.github.repository(name).hasRules = false;
    },
    { drafts: false },
  ],
  [
    "a ruleset that requires signatures and nothing else",
    (name) => double.github.setRuleset(name, { ...whole, rules: [{ type: "required_signatures" }] }),
    { signatures: true },
  ],
  [
    "classic protection that requires signatures",
    (name) => {
      double.github.grantsApp(name, { administration: "read" });
      double.github.protects(name, "main", { signatures: true });
    },
    { signatures: true },
  ],
  [
    "classic protection that it may read",
    (name) => {
      double.github.grantsApp(name, { administration: "read" });
      double.github.protects(name, "main", {
        approvals: 2,
        dismissesStale: true,
        admins: false,
        checks: [{ ...check, app_id: -1 }],
      });
    },
    {
      approvals: 2,
      dismissesStale: true,
      checks: [{ name: approvalCheck, app: null }],
      bypass: ["administrators"],
    },
  ],
  [
    "a ruleset whose bypass list it may not see",
    (name) => {
      double.github.grantsApp(name, { administration: "read" });
      double.github.setRuleset(name, whole);
    },
    { approvals: 1, dismissesStale: true, checks: ours, bypass: null },
  ],
  [
    "both, of which the stricter counts",
    (name) => {
      double.github.grantsApp(name, { administration: "read" });
      double.github.setRuleset(name, whole);
      double.github.protects(name, "main", { approvals: 2 });
    },
    { approvals: 2, dismissesStale: true, checks: ours, bypass: null },
  ],
];

/** GitHub shows a bypass list only to those who may change the ruleset, which the App never asks to be. */
test.each([
  [
    "is known where every list was seen",
    [{ bypass_actors: [] }, { bypass_actors: [admin, admin] }],
    ["administrators"],
  ],
  ["is not where one was not", [{ bypass_actors: [admin] }, {}], null],
  ["is not where none was read", undefined, null],
  [
    "names whom GitHub names by number alone",
    [{ bypass_actors: [{ actor_type: "Team", actor_id: 9 }] }],
    ["team 9"],
  ],
])("who may bypass %s", (_, rulesets, bypass) => {
  const rules = [{ type: "pull_request", ruleset_id: 1 }];

  expect(addUpRules({ rules, checks: [], classic: null, rulesets }).bypass).toEqual(bypass);
});

describe("the rules of a branch", () => {
  test.each(cases)("%s", async (_, protect, expected) => {
    const { github, repository, name } = await doubleWorld(double, scratch);
    double.github.grantsApp(name, {});
    protect(name);

    const rules = await github.protection.rules(repository, "main");

    expect(rules).toEqual({ ...none, ...expected });
  });

  test("of one that is not there are none", async () => {
    const { github, repository } = await doubleWorld(double, scratch);

    expect(await github.protection.rules(repository, "nowhere")).toBeUndefined();
  });
});
