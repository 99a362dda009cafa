import { expect, test } from "@jest/globals";
import { pickProject } from "../../src/policy/pick-project.ts";

const projects = [
  { paths: ["packages/api/**", "proto/**"], validate: "api" },
  { paths: ["packages/web"], validate: "web" },
  { paths: ["packages/**"], validate: "all" },
];

test.each<[string[], string | undefined]>([
  [["packages/api/src/**"], "api"],
  [["packages/api/src/a.ts", "proto/a.proto"], "api"],
  [["packages/api/**"], "api"],
  [["packages/web/index.ts"], "web"],
  [["packages/web/"], "web"],
  [["packages/web"], "web"],
  [["packages/website/x.ts"], "all"],
  [["packages/api/a.ts", "packages/web/b.ts"], "all"],
  [["packages/{api,web}/a.ts"], "all"],
  [["packages/**"], "all"],
  [["packages/api/a.ts", "README.md"], undefined],
  [["**"], undefined],
  [[], undefined],
])("the scope %j belongs to %j", (scope, validate) => {
  expect(pickProject(scope, projects)?.validate).toBe(validate);
});
