import { expect, test } from "@jest/globals";
import { repositoryFilePath } from "../../src/domain/rules/repository-file.ts";
import { openPolicies } from "../../src/policy/open-policies.ts";
import { trustNamedBots } from "../../src/policy/trust-named-bots.ts";
import { FakeGitHub } from "../fakes/fake-github.ts";

test.each([
  ["a person with read access", "rea", "read"],
  ["a bot whose App is named", "helper[bot]", "write"],
  ["a bot of another App", "evil[bot]", "none"],
  ["a bot that GitHub calls a writer, of another App", "writer[bot]", "none"],
  ["a bot whose App is gone", "gone[bot]", "none"],
])("%s may do what there is to be allowed", async (_, login, permission) => {
  const github = new FakeGitHub();
  github.permissions.set("rea", "read").set("writer[bot]", "write");
  github.apps.set("helper[bot]", 7).set("evil[bot]", 8).set("writer[bot]", 9);
  github.fileTexts.set(repositoryFilePath, "bots: [7]");
  const people = trustNamedBots(github.people, openPolicies({ files: github.files }));

  expect(await people.permission(github.repository, login)).toBe(permission);
});
