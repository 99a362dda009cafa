import { expect, test } from "@jest/globals";
import { rulesetFor } from "../../src/domain/rules/ruleset.ts";
import { mend, shorter } from "./mend.ts";
import type { Town } from "./town.ts";
import { townWith } from "./town-with.ts";

const turns = [shorter, mend].filter((turn) => turn !== undefined) as Parameters<typeof Town.found>[0];
const files = { ".github/drafthorse.yml": "protection: require\n" };
const town = townWith(turns, { files });

test("nothing runs until people gate the merge; one correction follows, and the branch goes with its pull request", async () => {
  const { double, repository } = town();
  const ada = double.github.as("ada");
  const app = double.app.id;

  const opened = await town().delegate({ title: "Keep digits" });
  const held = await town().sees(opened, "Hold.* \\(protection\\)");
  const made = rulesetFor({ branch: "main", isDefault: true, app });
  double.github.setRuleset(repository, { ...made, bypass_actors: [] });
  await ada.unlabels(opened, "agent-task");
  await ada.labels(opened, "agent-task");
  const proposed = await town().sees(opened, "Draft pull request open");
  const pull = town().pull(opened);
  const at = { repository, number: pull.number };
  const line = { path: "src/slugify.js", line: 1, body: "One line is enough." };
  await ada.reviews(at, { state: "CHANGES_REQUESTED", body: "Nearly.", comments: [line] });
  await ada.comments(at, "/retry make it shorter");
  await town().sees(opened, "The one correction is used");
  const { body = "" } = town().pull(opened);
  await ada.closes(at);
  const over = await town().sees(opened, "pull request was closed[^]*was deleted");

  expect(held).toContain("No review is required to merge into `main`.");
  expect(held).toContain("npx drafthorse protect acme/shop --apply");
  expect(proposed).not.toContain("gates the merge");
  expect(body).toContain("**Changed since attempt 1**");
  expect(over).toContain(`#${pull.number} keeps its commits`);
  expect(await double.violations()).toEqual([]);
});
