import { expect, test } from "@jest/globals";
import { marker } from "../../src/domain/task/task-id.ts";
import { spliceBody } from "../../src/publish/splice-body.ts";

const id = { repositoryId: 1, issueNumber: 2, round: 1 };
const ours = (text: string): string => `${marker(id, "body")}\n\n${text}\n\n${marker(id, "end")}`;

test.each([
  ["an untouched body", ours("old"), ours("new")],
  ["words before and after", `Before.\n\n${ours("old")}\n\nAfter.`, `Before.\n\n${ours("new")}\n\nAfter.`],
  ["an emptied body", "", ours("new")],
  ["a body without our markers", "Rewritten by a person.", `${ours("new")}\n\nRewritten by a person.`],
  [
    "a body whose end marker was cut off",
    `${marker(id, "body")} half`,
    `${ours("new")}\n\n${marker(id, "body")} half`,
  ],
])("our part goes into %s", (_, present, expected) => {
  expect(spliceBody(id, present, ours("new"))).toBe(expected);
});
