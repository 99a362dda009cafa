import { expect, test } from "@jest/globals";
import { readCommand } from "../../src/intake/read-command.ts";
import { correct } from "../../src/pipeline/correct.ts";
import { Office } from "./office.ts";

/** A comment on the draft pull request: what it says, who wrote it, and what happened to it. */
type Comment = { text: string; by?: string; action?: string; on?: "issue"; type?: "Bot" };

/** Comments that may or may not ask for a correction; THREATS.md T17. */
const comments: [string, Comment, "corrects" | "nothing"][] = [
  ["the command alone", { text: "/retry" }, "corrects"],
  ["with words", { text: "/retry make it shorter" }, "corrects"],
  ["below empty lines", { text: "\n\n/retry" }, "corrects"],
  ["with more lines", { text: "/retry\nmake it shorter" }, "corrects"],
  ["in capitals", { text: "/RETRY" }, "corrects"],
  ["with Windows' line ends", { text: "/retry\r\nplease" }, "corrects"],
  ["on the issue", { text: "/retry", on: "issue" }, "corrects"],
  ["by another writer", { text: "/retry", by: "wil" }, "corrects"],
  ["quoted", { text: "> /retry" }, "nothing"],
  ["quoted, with a comment below", { text: "> /retry\n\nNo, do not." }, "nothing"],
  ["in a fence", { text: "```\n/retry\n```" }, "nothing"],
  ["in an indented block", { text: "    /retry" }, "nothing"],
  ["in backticks", { text: "`/retry`" }, "nothing"],
  ["after words", { text: "Please /retry" }, "nothing"],
  ["in a later line", { text: "Thanks!\n/retry" }, "nothing"],
  ["in a list", { text: "- /retry" }, "nothing"],
  ["hidden in a comment of HTML", { text: "<!--\n/retry\n-->" }, "nothing"],
  ["below a comment of HTML", { text: "<!-- x -->\n/retry" }, "nothing"],
  ["as part of a word", { text: "/retrying" }, "nothing"],
  ["as a path", { text: "/retry/again" }, "nothing"],
  ["escaped", { text: "\\/retry" }, "nothing"],
  ["edited into a comment", { text: "/retry", action: "edited" }, "nothing"],
  ["deleted", { text: "/retry", action: "deleted" }, "nothing"],
  ["by a reader", { text: "/retry", by: "rea" }, "nothing"],
  ["by a stranger", { text: "/retry", by: "eve" }, "nothing"],
  ["by a bot that no rule names", { text: "/retry", by: "helper[bot]", type: "Bot" }, "nothing"],
  ["by ourselves", { text: "/retry", by: "drafthorse[bot]", type: "Bot" }, "nothing"],
  ["another command", { text: "/status" }, "nothing"],
];

test.each(comments)("a comment %s", async (_, comment, expected) => {
  const office = new Office();
  office.github.permissions.set("wil", "write");
  const task = await office.delegate();
  const payload = payloadOf(office, comment, { issue: task.id.issueNumber, pull: task.pullRequest ?? 0 });

  const command = readCommand("issue_comment", "c".repeat(64), payload);
  if (command?.kind === "retry") await correct(command, office.ports);

  const { state } = await office.task(task.id.issueNumber);
  expect(state).toBe(expected === "corrects" ? "correcting" : "proposed");
});

function payloadOf({ github }: Office, comment: Comment, at: { issue: number; pull: number }): object {
  const { text, by = "ada", action = "created", on, type = "User" } = comment;
  const { repository } = github;
  const number = on ? at.issue : at.pull;
  return {
    action,
    sender: { id: 42, login: by, type },
    installation: { id: repository.installationId },
    repository: {
      id: repository.id,
      name: repository.name,
      default_branch: "main",
      owner: { login: repository.owner },
    },
    issue: {
      ...{ number, title: "A", body: "", user: { login: "ada" }, updated_at: "2026-11-21T10:00:00Z" },
      ...(!on && { pull_request: {} }),
    },
    comment: { id: github.comments(by, number, text), body: text },
  };
}
