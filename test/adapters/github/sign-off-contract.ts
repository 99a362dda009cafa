import { expect, test } from "@jest/globals";
import type { GitHubWorld } from "./github-world.ts";

const trailer = "Agent-Task: task-1-2-1/1";

/** What every GitHub must do for a review and its sign-off, the fake and the adapter alike. */
export function signOffContract(makeWorld: () => Promise<GitHubWorld>): void {
  test("reviews are told with the commit that they are of, and what they say now", async () => {
    const world = await makeWorld();
    for (const login of ["bob", "cyd"]) world.allow(login, "write");
    const { pullRequests } = world.ports;
    const first = await world.pushes("bob", "work", { file: "a.txt", message: "A" });
    const number = await world.opensPullRequest("bob", { branch: "work", title: "A", body: "" });

    await world.judges("ada", number, "changes-requested");
    await world.dismisses("cyd", number);
    const second = await world.pushes("bob", "work", { file: "b.txt", message: "B" });
    await world.judges("cyd", number, "approved");

    expect(await pullRequests.read(world.repository, number)).toMatchObject({
      ...{ head: second, base: "main", isOurs: false, file: undefined, ownChecks: [] },
      branch: { name: "work", commit: second, otherPulls: [] },
      reviews: [
        { by: "ada", verdict: "dismissed", commit: first },
        { by: "cyd", verdict: "approved", commit: second },
      ],
    });
  });

  test("the commits of agents are found between two points, whoever put them there", async () => {
    const world = await makeWorld();
    const { branches } = world.ports;
    const head = await world.pushes("bob", "plain", { file: "a.txt", message: "A" });
    const picked = await world.pushes("bob", "picked", { file: "b.txt", message: `B\n\n${trailer}` });
    const top = await world.pushes("bob", "picked", { file: "c.txt", message: "C" });

    const range = (end: string, base = "main") => ({ base, head: end });

    expect(await branches.agentCommits(world.repository, range(head))).toEqual([]);
    expect(await branches.agentCommits(world.repository, range(top))).toEqual([
      { commit: picked, task: "task-1-2-1" },
    ]);
    expect(await branches.agentCommits(world.repository, range(top, picked))).toEqual([]);
  });

  test("who can be asked is asked and assigned, once, and who cannot is told", async () => {
    const world = await makeWorld();
    world.allow("bob", "write");
    const { pullRequests } = world.ports;
    await world.pushes("bob", "work", { file: "a.txt", message: "A" });
    const number = await world.opensPullRequest("cyd", { branch: "work", title: "A", body: "" });

    const refused = await pullRequests.askReview(world.repository, number, ["bob", "eve", "elsewhere/core"]);
    await pullRequests.askReview(world.repository, number, ["bob"]);
    const assigned = await pullRequests.assign(world.repository, number, ["bob"]);

    // GitHub is told no organization, and has a team of this name here.
    expect(refused.sort()).toEqual(["elsewhere/core", "eve"]);
    expect(assigned).toEqual(["bob"]);
    expect(await world.askedOf(number)).toEqual({ reviewers: ["bob"], assignees: ["bob"] });
  });

  test("of a team that cannot be read nothing is told", async () => {
    const world = await makeWorld();

    expect(await world.ports.people.members(world.repository, "acme/hidden")).toBeUndefined();
  });

  test("annotations of any number are there once, whatever answer is lost", async () => {
    const world = await makeWorld();
    const { commit } = await world.base();
    const annotations = Array.from({ length: 120 }, (_, at) => ({
      ...{ path: `src/${at}.js`, line: at + 1, level: "warning" as const, message: "drift" },
    }));
    const said = { conclusion: "neutral" as const, title: "Drift", summary: "120 files", text: "" };
    const report = { name: "drafthorse/scope", head: commit, externalId: "a", ...said, annotations };
    const { checkRuns } = world.ports;

    world.loseNext("annotate");
    await checkRuns.report(world.repository, [report]).catch(() => undefined);
    await checkRuns.report(world.repository, [report]);

    expect(await world.annotationsOn(commit)).toEqual(annotations.map(({ path, line }) => `${path}:${line}`));
  });
}
