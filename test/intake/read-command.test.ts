import { createRequire } from "node:module";
import { describe, expect, test } from "@jest/globals";
import { readCommand } from "../../src/intake/read-command.ts";

/** GitHub's own examples of every event, as recorded by octokit. */
type Example = { name: string; examples: { action?: string }[] };
const recorded: Example[] = createRequire(import.meta.url)(
  "@octokit/webhooks-examples/api.github.com/index.json",
);

const delivery = "d".repeat(64);
const installation = { id: 7 };

function example(event: string, action: string): Record<string, unknown> {
  const found = recorded.find(({ name }) => name === event)?.examples.find((one) => one.action === action);
  if (!found) throw new Error(`there is no example of ${event}.${action}`);
  return { installation, ...found };
}

const arrived = {
  ...{ id: expect.any(Number), installationId: expect.any(Number), defaultBranch: "HEAD" },
  owner: expect.any(String),
  name: expect.stringMatching(/^[^/]+$/),
};

describe("GitHub's own examples", () => {
  test.each<[string, string, object]>([
    ["pull_request", "labeled", { kind: "mislabel", label: expect.any(String), number: expect.any(Number) }],
    ["repository", "archived", { kind: "leave", repositoryIds: [expect.any(Number)] }],
    ["repository", "deleted", { kind: "leave", repositoryIds: [expect.any(Number)] }],
    ["repository", "renamed", { kind: "rename", repository: { name: expect.any(String) } }],
    ["repository", "transferred", { kind: "rename", repository: { owner: expect.any(String) } }],
    ["installation", "created", { kind: "arrive", repositories: expect.arrayContaining([arrived]) }],
    ["installation_repositories", "added", { kind: "arrive", repositories: [arrived] }],
    [
      "installation",
      "deleted",
      { kind: "leave", installationId: expect.any(Number), repositoryIds: [], isFinal: true },
    ],
    ["installation", "suspend", { kind: "leave", installationId: expect.any(Number), repositoryIds: [] }],
    ["installation_repositories", "removed", { kind: "leave", repositoryIds: [expect.any(Number)] }],
  ])("%s.%s", (event, action, command) => {
    const known = event === "repository" && !["renamed", "transferred"].includes(action) ? "created" : action;
    const payload = { ...example(event, known), action };

    expect(readCommand(event, delivery, payload)).toMatchObject({ delivery, ...command });
  });

  test.each([
    ["repository", "created"],
    ["installation", "new_permissions_accepted"],
    ["installation", "unsuspend"],
  ])("%s.%s asks nothing", (event, action) => {
    expect(readCommand(event, delivery, example(event, action))).toBeUndefined();
  });

  test("a push to the default branch may have changed the configuration, another push has not", () => {
    const [push] = recorded.find(({ name }) => name === "push")?.examples ?? [];
    const read = (fields: object) => readCommand("push", delivery, { ...push, installation, ...fields });

    expect(read({ ref: "refs/heads/master" })).toMatchObject({ kind: "configure", delivery });
    expect(read({ ref: "refs/heads/topic" })).toBeUndefined();
    expect(read({ ref: "refs/tags/master" })).toBeUndefined();
  });

  test("a label asks for its task", () => {
    const command = readCommand("issues", delivery, example("issues", "labeled"));

    expect(command).toMatchObject({
      kind: "delegate",
      delivery,
      issue: { number: expect.any(Number) },
      label: "bug",
    });
  });

  test("an edit asks only if a person changed the body", () => {
    const edited = example("issues", "edited");
    const copilot = { ...(edited.sender as object), login: "Copilot", type: "Bot" };
    const read = (fields: object) => readCommand("issues", delivery, { ...edited, ...fields });

    expect(read({ changes: { body: { from: "" } } })).toMatchObject({ kind: "revise", asks: true });
    expect(read({ changes: { title: { from: "" } } })).toMatchObject({ asks: false });
    expect(read({ changes: { body: { from: "" } }, sender: copilot })).toMatchObject({ asks: false });
  });

  test.each([
    ["issues", "edited", "revise"],
    ["issues", "unlabeled", "withdraw"],
    ["issues", "deleted", "withdraw"],
    ["issues", "transferred", "withdraw"],
    ["pull_request", "closed", "close"],
    ["pull_request", "reopened", "reopen"],
  ])("%s.%s is the command %s", (event, name, kind) => {
    expect(readCommand(event, delivery, example(event, name))?.kind).toBe(kind);
  });

  const everything = recorded.flatMap(({ name, examples }) =>
    examples.map((one, index) => [name, one.action ?? "", index] as const),
  );

  test.each(everything)("%s.%s (%d) under another event's name asks for no work", (event, _, index) => {
    const payload = { installation, ...recorded.find(({ name }) => name === event)?.examples[index] };

    for (const as of ["issues", "issue_comment", "pull_request", "pull_request_review"]) {
      const kind = as === event ? undefined : readCommand(as, delivery, payload)?.kind;
      expect([undefined, "withdraw", "close", "reopen"]).toContain(kind);
    }
  });
});

describe("comments", () => {
  const created = example("issue_comment", "created");
  const comment = (fields: object): object => ({ ...created, ...fields });
  const says = (body: string): object => comment({ comment: { ...(created.comment as object), body } });

  test("a command on an issue", () => {
    expect(readCommand("issue_comment", delivery, says("/retry make it shorter"))).toMatchObject({
      kind: "retry",
      words: "make it shorter",
      on: { isPullRequest: false },
    });
  });

  test("anything else is none", () => {
    expect(readCommand("issue_comment", delivery, says("Please /retry"))).toBeUndefined();
  });

  test("an edited comment is none", () => {
    expect(readCommand("issue_comment", delivery, { ...says("/retry"), action: "edited" })).toBeUndefined();
  });

  test.each([
    ["Bot", "helper[bot]", "retry"],
    ["Bot", "Copilot", undefined],
    ["Organization", "acme", undefined],
    ["Mannequin", "ada", undefined],
  ])("one of a %s %s is heard as %s", (type, login, kind) => {
    const sender = { id: 1, login, type };

    expect(readCommand("issue_comment", delivery, { ...says("/retry"), sender })?.kind).toBe(kind);
  });
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a text", "labeled"],
  ["a list", []],
  ["an empty object", {}],
  ["a hostile object", { action: { toString: "x" }, issue: [], installation: "7" }],
])("%s is ignored", (_, payload) => {
  for (const event of ["issues", "issue_comment", "pull_request", "pull_request_review", "ping", "__proto__"])
    expect(readCommand(event, delivery, payload)).toBeUndefined();
});
