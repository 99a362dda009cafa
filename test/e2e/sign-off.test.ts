import { describe, expect, test } from "@jest/globals";
import { issue as story } from "../../src/cli/demo/demo-story.ts";
import type { CheckRun, PullRequest } from "../../src/double/model.ts";
import type { Opened } from "../../src/double/person.ts";
import { mend } from "./mend.ts";
import { townWith } from "./town-with.ts";

const body = story.body.replace("- ask: dependencies", "- ask: dependencies, `src/**`");

describe("the human at the gate", () => {
  const town = townWith(mend ? [mend] : []);

  /** Waits until `drafthorse/approval` says so on the present head of a pull request. */
  async function says(pull: PullRequest, conclusion: string, title: RegExp): Promise<CheckRun> {
    const now = (): CheckRun | undefined => town().checkRun(pull, "drafthorse/approval");
    const holds = (): boolean => now()?.conclusion === conclusion && title.test(now()?.title ?? "");
    await town().until(holds, () => `it never said ${title}: ${now()?.conclusion} ${now()?.title}`);
    return now() as CheckRun;
  }

  test("an owner's review and word make the check green, and a push begins anew", async () => {
    const { double, repository } = town();
    const ada = double.github.as("ada");
    const opened = await town().delegate({ title: "Keep digits", body });
    await town().sees(opened, "Draft pull request open");
    const pull = town().pull(opened);
    const at = { repository, number: pull.number };
    const first = await says(pull, "action_required", /^Waits for an approving review by ada; waits for/);
    expect(first.text).toContain("Comment `/approve src/**` if that is right.");
    expect(pull.pull.requestedReviewers.map(({ login }) => login)).toEqual(["ada"]);
    expect(pull.assignees.map(({ login }) => login)).toEqual(["ada"]);
    expect(town().checkRun(pull, "drafthorse/scope")).toMatchObject({ conclusion: "success" });

    await double.github.as("wil").reviews(at, { state: "APPROVED" });
    await ada.reviews(at, { state: "APPROVED" });
    await says(pull, "action_required", /^Waits for \/approve src/);
    await ada.comments(at, "/approve src/**");
    const green = await says(pull, "success", /^Signed off by ada$/);
    expect(green.text).toContain("The approval of `wil` does not count: they do not own this review.");

    const files = { "README.md": "# Shop, by hand\n" };
    const head = await double.github.as("wil").pushes(repository, { branch: pull.pull.head, files });
    await town().until(
      () =>
        town()
          .pull(opened)
          .body?.includes(`Measured at \`${head.slice(0, 7)}\``) === true,
      () => `the push was never measured:\n${town().pull(opened).body}`,
    );
    const after = town().pull(opened);
    await says(after, "action_required", /^Waits for an approving review by ada/);
    expect(after.pull.headSha).toBe(head);
    expect(town().evidence(after)).toMatchObject({
      ...{ tree: await double.github.treeOf(repository, head), pushed: head, verdict: "needs-attention" },
    });

    await ada.reviews(at, { state: "APPROVED", body: "/approve src/**" });
    await says(after, "success", /^Signed off by ada$/);
    await ada.rerequests(at, "drafthorse/validation");
    await town().handled();
    await says(after, "success", /^Signed off by ada$/);
    expect(await double.violations()).toEqual([]);
  });

  test("every other pull request is green at once, but a second one from our branch is not", async () => {
    const { double, repository } = town();
    const opened = await town().delegate({ title: "Keep digits" });
    await town().sees(opened, "Draft pull request open");
    const ours = town().pull(opened);
    const opens = async (by: string, head: string): Promise<PullRequest> => {
      const made: Opened = await double.github.as(by).opensPullRequest(repository, {
        title: `By ${by}`,
        head,
        base: by === "wil" ? "side" : "main",
        body: "",
      });
      return double.github.issue(made) as PullRequest;
    };
    for (const by of ["ada", "renovate[bot]"]) {
      const branch = `by-${by.replace(/\W/g, "")}`;
      await double.github.as(by).pushes(repository, { branch, files: { [`${branch}.md`]: "Mine.\n" } });
      await says(await opens(by, branch), "success", /^No agent's commit here$/);
    }

    const fork = {
      head: ours.pull.head,
      base: "main",
      title: "From a fork",
      files: { "fork.md": "Mine.\n" },
    };
    const forked = await double.github.as("eve").opensFromFork(repository, fork);
    await says(double.github.issue(forked) as PullRequest, "success", /^No agent's commit here$/);

    await double.github.as("wil").pushes(repository, { branch: "side", files: { "side.md": "Side.\n" } });
    const second = await opens("wil", ours.pull.head);
    const runs = (): CheckRun[] =>
      double.github
        .repository(repository)
        .checkRuns.filter(({ externalId }) => externalId === `pull-${second.number}`);
    await town().until(
      () => runs().length > 0,
      () => "the second pull request was never answered",
    );
    expect(runs()).toMatchObject([{ conclusion: "action_required", headSha: ours.pull.headSha }]);
    expect(await double.violations()).toEqual([]);
  });

  test("a team that owns the review is asked, one of its members signs off, and the merge queue is told", async () => {
    const { double, repository } = town();
    const { github } = double;
    github.makesTeam("acme/core", ["wil"]);
    github.grantsApp(repository, { members: "read" });
    await github.as("ada").pushes(repository, { branch: "main", files: { CODEOWNERS: "* @acme/core\n" } });
    const opened = await town().delegate({
      title: "Keep digits",
      body: body.replace("- reviewer: @ada\n", ""),
    });
    await town().sees(opened, "Draft pull request open");
    const pull = town().pull(opened);
    const at = { repository, number: pull.number };
    const queued = async (conclusion: string): Promise<void> => {
      const group = await github.queues(at);
      const { checkRuns } = github.repository(repository);
      const now = () => checkRuns.find(({ headSha }) => headSha === group)?.conclusion;
      await town().until(
        () => now() === conclusion,
        () => `the merge group was never answered with ${conclusion}: ${now()}`,
      );
    };
    expect(pull.pull.requestedTeams.map(({ slug }) => slug)).toEqual(["core"]);
    expect(pull.pull.requestedReviewers).toEqual([]);

    await github.as("ada").comments(at, "/approve src/**");
    await github.as("ada").reviews(at, { state: "APPROVED" });
    await town().handled();
    await says(pull, "action_required", /^Waits for an approving review by acme\/core/);
    await queued("action_required");

    await github.as("wil").reviews(at, { state: "APPROVED", body: "/approve src/**" });
    await says(pull, "success", /^Signed off by wil$/);
    await queued("success");
    expect(pull.pull.requestedTeams).toEqual([]);
    expect(await double.violations()).toEqual([]);
  });
});
