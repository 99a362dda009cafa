import { expect, test } from "@jest/globals";
import type { Permission } from "../../../src/domain/task/permission.ts";
import { askReview } from "../../../src/review/ownership/ask-review.ts";
import { FakeGitHub } from "../../fakes/fake-github.ts";
import { aBrief, aTask } from "../../fixtures/tasks.ts";

const people: Record<string, Permission> = { ada: "admin", wil: "write", wes: "write", rea: "read" };

/** Asks in a repository of ada's, who asked for the work; `acme/core` is a team there. */
async function asked(of: { brief?: string[]; configuration?: string[]; codeowners?: string[] }) {
  const github = new FakeGitHub();
  for (const [login, permission] of Object.entries(people)) github.permissions.set(login, permission);
  github.teams.set("acme/core", ["wil"]);
  const boundary = { reviewers: of.brief ?? [], ask: [], never: [] };
  const task = aTask({
    ...{ askedBy: "ada", brief: { brief: aBrief({ boundary }), sha256: "f".repeat(64) } },
    ...(of.configuration && { reviewers: of.configuration }),
  });
  return askReview(task, { number: 2, codeowners: of.codeowners ?? [] }, github);
}

test.each([
  ["nobody is named: the one who asked", {}, ["ada"], ["ada"]],
  ["the brief's reviewer", { brief: ["wil"], configuration: ["wes"] }, ["wil"], ["wil"]],
  ["else the configuration's", { configuration: ["@wes"], codeowners: ["wil"] }, ["wes"], ["wes"]],
  ["else CODEOWNERS", { codeowners: ["wil", "acme/core"] }, ["wil", "acme/core"], ["wil", "acme/core"]],
  ["a team", { configuration: ["@acme/core"] }, ["acme/core"], ["acme/core"]],
  ["of several those who can", { brief: ["rea", "wil", "nobody"] }, ["wil"], ["wil"]],
  [
    "who may only read cannot: the next in line",
    { brief: ["rea"], configuration: ["wes"] },
    ["wes"],
    ["wes"],
  ],
  ["nobody named can: the one who asked is told, and owns nothing", { brief: ["nobody"] }, ["ada"], []],
  [
    "nor do they own it by the configuration then",
    { brief: ["nobody"], configuration: ["ada"] },
    ["ada"],
    [],
  ],
  ["a team that GitHub does not know", { configuration: ["acme/gone"] }, ["ada"], []],
])("%s", async (_, of, expected, owners) => {
  const request = await asked(of);

  expect(request.asked).toEqual(expected);
  expect(request.owners).toEqual(owners);
  expect(request.assigned).toEqual(expected.filter((name) => !name.includes("/")));
});

test("who could not be asked is named with the reason", async () => {
  expect((await asked({ brief: ["rea", "wil"], configuration: [] })).refused).toEqual([
    { name: "rea", why: "no write access" },
  ]);
  expect((await asked({ configuration: ["acme/gone"] })).refused).toEqual([
    { name: "acme/gone", why: "refused by GitHub" },
  ]);
});
