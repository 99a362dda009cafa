import { expect, test } from "@jest/globals";
import { townWith } from "./town-with.ts";

const town = townWith(
  [{ when: "", steps: [{ write: { path: "src/new.js", text: "export const a = 1;\n" } }] }],
  {
    overlap: "hold",
  },
);

test("two issues with overlapping scopes: the second is held, named, and started when the first PR is closed", async () => {
  const first = await town().delegate({ title: "Count once" });
  await town().sees(first, "Draft pull request open");
  const second = await town().delegate({ title: "Count twice" });
  const pull = town().pull(first);
  const held = await town().sees(
    second,
    `closing or merging #${pull.number}, the pull request of #${first.number}`,
  );
  expect(held).toMatch(/Held.*number 1 of those that wait.*\*\*Hold\*\* \(overlap\)/s);

  await town().double.github.as("ada").closes({ repository: town().repository, number: pull.number });

  await town().sees(second, "Draft pull request open");
  expect(town().pull(second).pull.draft).toBe(true);
  expect(await town().double.violations()).toEqual([]);
});
