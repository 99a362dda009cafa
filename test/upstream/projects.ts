import { managerProjects, runnerProjects } from "./javascript.ts";
import { compiledProjects, pythonProjects } from "./other-languages.ts";
import type { Project } from "./project.ts";

const published = (name: string, [from, to]: [string, string], command: string): Project => ({
  name: `${name} ${from} to ${to}`,
  source: { package: name, from, to },
  command,
});

/** Packages that ship their tests: the agent applies what the next version changed. */
const packages: Project[] = [
  {
    ...published("minimist", ["1.2.6", "1.2.7"], "npm test"),
    expected: { verdict: "needs-attention", because: "the release changes no test, and its base is green" },
  },
  // One of its tools' dependencies lies at GitHub, which no guess allows.
  {
    ...published("qs", ["6.5.2", "6.5.3"], "npm run tests-only"),
    expected: { verdict: "none", because: "a dependency comes from git, so set-up says what it was refused" },
  },
  {
    ...published("shell-quote", ["1.7.2", "1.7.3"], "npm test"),
    expected: { verdict: "needs-attention", because: "the release changes a workflow, which is put back" },
  },
  published("minimist", ["1.2.5", "1.2.6"], "npm test"),
  {
    ...published("json-stable-stringify", ["1.0.1", "1.0.2"], "npm test"),
    expected: { verdict: "needs-attention", because: "no test of the release fails without its change" },
  },
  {
    ...published("deep-equal", ["2.2.2", "2.2.3"], "npm run tests-only"),
    expected: { verdict: "needs-attention", because: "no test of the release fails without its change" },
  },
  published("object-inspect", ["1.12.1", "1.12.2"], "npm run tests-only"),
  published("resolve", ["1.22.1", "1.22.2"], "npm run tests-only"),
];

export const projects: Project[] = [
  ...runnerProjects,
  ...managerProjects,
  ...compiledProjects,
  ...pythonProjects,
  ...packages,
];
