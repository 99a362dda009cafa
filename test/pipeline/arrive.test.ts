import { expect, test } from "@jest/globals";
import { arrive } from "../../src/pipeline/arrive.ts";
import { Office } from "./office.ts";

const repositories = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...{ id: index + 1, installationId: 7, owner: "ada", name: `widgets-${index}`, defaultBranch: "HEAD" },
  }));

const order = (count: number) => ({
  ...{ kind: "arrive" as const, by: "ada", byId: 1, delivery: "d" },
  repositories: repositories(count),
});

test("the label that the rules name is made once in each repository that was chosen", async () => {
  const { github, ports } = new Office();

  await arrive(order(2), ports);
  await arrive(order(2), ports);

  expect(github.labelsMade).toEqual([
    { repositoryId: 1, name: "agent-task" },
    { repositoryId: 2, name: "agent-task" },
  ]);
});

test("a whole account at once gets none", async () => {
  const { github, ports } = new Office();

  await arrive(order(6), ports);

  expect(github.labelsMade).toEqual([]);
});
