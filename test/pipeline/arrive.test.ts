import { describe, expect, test } from "@jest/globals";
import type { Repository } from "../../src/domain/task/task.ts";
import { arrive } from "../../src/pipeline/arrive.ts";
import type { Ports } from "../../src/ports.ts";
import { Office } from "./office.ts";

const repositories = (count: number): Repository[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ id: index + 1, installationId: 7, owner: "ada", name: `widgets-${index}`, defaultBranch: "HEAD" },
  }));

const order = (chosen: Repository[]) => ({
  ...{ kind: "arrive" as const, by: "ada", byId: 1, delivery: "d" },
  repositories: chosen,
});

/** The texts of a repository's base, by their paths. */
function baseWith(texts: Record<string, string>): Ports["baseFiles"] {
  return {
    find: async (_, __, paths) => new Set(paths.filter((path) => path in texts)),
    list: async () => [],
    read: async (_, __, path) => texts[path],
  };
}

const form = ".github/ISSUE_TEMPLATE/agent-task.yml";
const manifests = { "package.json": '{"scripts":{"test":"node --test"}}', "package-lock.json": "{}" };

test("the label that the rules name is made once in each repository that was chosen", async () => {
  const { github, ports } = new Office();

  await arrive(order(repositories(2)), ports);
  await arrive(order(repositories(2)), ports);

  expect(github.labelsMade).toEqual([
    { repositoryId: 1, name: "agent-task" },
    { repositoryId: 2, name: "agent-task" },
  ]);
});

test("a whole account at once gets neither label nor offer", async () => {
  const { github, ports } = new Office();

  await arrive(order(repositories(6)), { ...ports, baseFiles: baseWith({}) });

  expect([github.labelsMade, github.offered]).toEqual([[], []]);
});

describe("the offer of a set-up", () => {
  test("a repository without the form gets one pull request, explained, and no second one", async () => {
    const { github, ports } = new Office();
    const world = { ...ports, baseFiles: baseWith(manifests) };

    await arrive(order([github.repository]), world);
    await arrive(order([github.repository]), world);

    const pulls = [...github.pulls.values()];
    expect(pulls).toHaveLength(1);
    expect(pulls[0]).toMatchObject({
      branch: "drafthorse/set-up",
      base: "main",
      draft: false,
      author: github.botLogin,
    });
    expect(pulls[0]?.body).toMatch(
      /`agent-task`.*guessed from `package\.json, package-lock\.json`.*Close it if you do not want it/s,
    );
    expect(github.offered.map(({ path }) => path)).toEqual([form, ".github/drafthorse.yml"]);
    expect(github.offered[1]?.text).toContain("npm ci");
  });

  test("a closed one is never made again", async () => {
    const { github, ports } = new Office();
    const world = { ...ports, baseFiles: baseWith(manifests) };
    await arrive(order([github.repository]), world);
    for (const pull of github.pulls.values()) pull.state = "closed";

    await arrive(order([github.repository]), world);

    expect(github.pulls.size).toBe(1);
  });

  test.each([
    { what: "the form is there", texts: { [form]: "name: Agent task" }, elsewhere: 0, offered: [] },
    {
      ...{ what: "the rules alone are there", texts: { ".github/drafthorse.yml": "label: agent-task" } },
      ...{ elsewhere: 4, offered: [form] },
    },
    { what: "five offers are open elsewhere", texts: manifests, elsewhere: 5, offered: [] },
  ])("$what, $elsewhere open elsewhere → $offered", async ({ texts, elsewhere, offered }) => {
    const { github, ports } = new Office();
    const others = repositories(elsewhere).map((one) => ({ ...one, id: one.id + 100 }));
    const pull = {
      number: 9,
      url: "",
      body: "",
      draft: false,
      state: "open",
      head: "",
      base: "main",
      isOurs: true,
    } as const;
    const world: Ports = {
      ...{ ...ports, baseFiles: baseWith(texts) },
      setUpOffers: { ...github.setUpOffers, repositories: async () => others },
      pullRequests: {
        ...ports.pullRequests,
        find: async (at, of) => (at.id > 100 ? pull : ports.pullRequests.find(at, of)),
      },
    };

    await arrive(order([github.repository]), world);

    expect(github.offered.map(({ path }) => path)).toEqual(offered);
  });
});
