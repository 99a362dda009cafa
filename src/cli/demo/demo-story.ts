/** What the demo plays: a repository with red tests, an issue that asks for their mending, and what the agent does. */
export type DemoStory = {
  /** The repository's name. */
  repository: string;
  files: Record<string, string>;
  issue: { title: string; body: string };
  script: { name: string; version: string; turns: object[] };
};

/** The tests of the repository: two of the three are red. */
const tests = [
  'import assert from "node:assert/strict";',
  'import { test } from "node:test";',
  'import { slugify } from "../src/slugify.js";',
  "",
  'test("words are joined by hyphens", () => assert.equal(slugify("Hello World"), "hello-world"));',
  'test("digits stay", () => assert.equal(slugify("Chapter 12"), "chapter-12"));',
  'test("no hyphen is left at the ends", () => assert.equal(slugify("Hello!"), "hello"));',
];

/** The test that the agent adds. */
const addedTest = 'test("no hyphen is left at either end", () => assert.equal(slugify("(Hello)"), "hello"));';

/** The repository of the demo: a library of one function, whose tests are red. */
export const files = {
  "package.json": `${JSON.stringify({ name: "slugger", type: "module", scripts: { test: "node --test" } }, null, 2)}\n`,
  "README.md": "# slugger\n\nTurns a title into the part of an address.\n",
  "src/slugify.js": `/** Turns a title into a slug. */
export function slugify(title) {
  return title.toLowerCase().replace(/[^a-z]+/g, "-");
}
`,
  "test/slugify.test.js": `${tests.join("\n")}\n`,
};

/** The issue of the demo: a complete brief. */
export const issue = {
  title: "Keep digits in slugs and trim the hyphens",
  body: `### Goal

\`slugify("Chapter 12")\` loses the digits and \`slugify("Hello!")\` ends in a hyphen. Both must come out right.

### Non-goals

- No new options
- \`package.json\`

### Validation command

\`\`\`sh
npm test
\`\`\`

### Done when

- [ ] Digits stay in the slug
- [ ] No hyphen is left at either end

### Files likely affected

- \`src/**\`

### Approval boundary

- reviewer: @ada
- ask: dependencies
- never: ci
`,
};

/** Where the agent says that the evidence for each criterion is: the file, and the test in it. */
const evidence =
  'AC-1: test/slugify.test.js, "digits stay". AC-2: test/slugify.test.js, "no hyphen is left at either end".';

/** What the scripted agent does: a fix that works, and at the correction a shorter one. */
export const script = {
  name: "scripted-agent",
  version: "1.0.0",
  turns: [
    {
      when: "This is a correction",
      steps: [
        { say: "I shorten the function." },
        {
          write: {
            path: "src/slugify.js",
            text: `/** Turns a title into a slug. */
export const slugify = (title) => title.toLowerCase().match(/[a-z0-9]+/g)?.join("-") ?? "";
`,
          },
        },
        { run: { command: "node --test" } },
        { say: `The function is one line now. ${evidence}` },
      ],
    },
    {
      steps: [
        { think: "The character class lacks digits, and the ends are not trimmed." },
        { plan: ["Mend the expression", "Add a test for the beginning", "Run the tests"] },
        {
          write: {
            path: "src/slugify.js",
            text: `/** Turns a title into a slug. */
export function slugify(title) {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
`,
          },
        },
        { write: { path: "test/slugify.test.js", text: [...tests, addedTest, ""].join("\n") } },
        { run: { command: "node --test" } },
        { say: `Digits stay and the ends are trimmed. ${evidence}` },
      ],
    },
  ],
};
