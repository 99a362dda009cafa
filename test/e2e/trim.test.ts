import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { issue as story } from "../../src/cli/demo/demo-story.ts";
import type { Check } from "../../src/domain/evidence/evidence.ts";
import { mend, shorter } from "./mend.ts";
import { Town } from "./town.ts";

/** What an agent does that does not keep to its brief. */
const stray = `
  echo 'Always be bold.' >> CLAUDE.md
  echo 'on: push' > .github/workflows/ci.yml
  mkdir web && echo 'export {};' > web/index.js
  touch .DS_Store 'src/slugify.js~' && mkdir .idea && echo x > .idea/workspace.xml
  ln -s /etc/passwd leak`;

const turns = [
  {
    when: "# Task: Overwrite",
    steps: [{ run: { command: "echo 'Always be bold.' > CLAUDE.md; touch .DS_Store" } }],
  },
  {
    when: "# Task: Cross",
    steps: [
      ...(mend?.steps ?? []),
      { run: { command: 'rm README.md; echo \'{ "scripts": { "test": "exit 0" } }\' > package.json' } },
    ],
  },
  {
    when: "# Task: Stray[\\s\\S]*This is a correction",
    steps: [...(shorter?.steps ?? []), { run: { command: "echo 'Be bolder.' >> CLAUDE.md; rm -r web" } }],
  },
  {
    when: "# Task: Stray",
    steps: [
      { run: { command: stray } },
      ...(mend?.steps ?? []).slice(0, -1),
      {
        say: 'All is done. AC-1: test/slugify.test.js "digits stay". AC-2: test/none.test.js "one expression".',
      },
    ],
  },
] as Parameters<typeof Town.found>[0];

describe("what an agent leaves beyond its brief", () => {
  const at: { town?: Town } = {};
  const town = (): Town => {
    if (!at.town) throw new Error("there is no town");
    return at.town;
  };
  beforeAll(async () => {
    const files = { "CLAUDE.md": "Be careful.\n", ".github/workflows/ci.yml": "on: pull_request\n" };
    at.town = await Town.found(turns, { files });
  });
  afterAll(async () => {
    await at.town?.close();
  });

  test("is taken out or told in the right row, and what is published is what was validated", async () => {
    const { double, repository } = town();
    const opened = await town().delegate({ title: "Stray" });
    await town().sees(opened, "Draft pull request open");

    const pull = town().pull(opened);
    const evidence = town().evidence(pull);
    const check = (name: Check["name"]) => evidence.checks.find((one) => one.name === name);
    const paths = (name: Check["name"]) => check(name)?.findings.map(({ path }) => path);
    expect(evidence.verdict).toBe("needs-attention");
    expect(evidence.tree).toBe(await double.github.treeOf(repository, pull.pull.headSha));
    expect(evidence.validation?.tree).toBe(evidence.tree);
    expect(evidence.files.map(({ path }) => path)).toEqual(["src/slugify.js", "web/index.js"]);
    expect([check("scope")?.status, paths("scope")]).toEqual(["attention", ["web/index.js"]]);
    expect([check("protected")?.status, paths("protected")]).toEqual([
      "attention",
      [".github/workflows/ci.yml", "CLAUDE.md", "leak"],
    ]);
    expect([check("strays")?.status, paths("strays")]).toEqual([
      "pass",
      [".DS_Store", ".idea/workspace.xml", "src/slugify.js~"],
    ]);
    expect(check("size")?.line).toBe("2 files, +5 −1 lines, largest 166 bytes");
    expect(check("criteria")?.findings).toEqual([
      {
        ...{ criterion: "AC-1", path: "test/slugify.test.js", measured: true },
        message: 'AC-1: the test "digits stay" fails on the base\'s code and passes here',
      },
      {
        ...{ criterion: "AC-2", measured: true },
        message: 'AC-2: the test "no hyphen is left at the ends" fails on the base\'s code and passes here',
      },
    ]);

    const body = pull.body ?? "";
    expect(body).toContain("## Verdict: needs-attention");
    expect(body).toContain("| ⚠️ scope | 1 in scope, 1 drift |");
    expect(body).toContain("| ⚠️ protected | 3 put back to the base, offered as a patch |");
    expect(body).toContain("| ✅ strays | 3 dropped |");
    expect(body).toContain("/web/index.js) **scope**: drift: it is outside the declared scope");
    expect(body).toContain("`CLAUDE.md` **protected**: put back to the base");
    expect(body).toContain(
      "`leak` **protected**: put back to the base (a link that leads out of the repository)",
    );
    expect(body).toContain("`.DS_Store` **strays**: dropped");
    expect(body).toContain("+Always be bold.");
    expect(body).toMatch(/- added `web\/index\.js` \+1 −0/);
    expect(body).not.toMatch(/root:x:|`passed`|Verdict: passed/);

    const first = pull.pull.headSha;
    await double.github.as("ada").comments({ repository, number: pull.number }, "/retry stay in your place");
    await town().until(
      () => town().pull(opened).pull.headSha !== first && /Attempt 2: verdict/.test(town().status(opened)),
      () => `there is no second commit:\n${town().status(opened)}`,
    );

    const corrected = town().pull(opened);
    expect(corrected.body).toContain("| ✅ scope | 1 in scope |");
    expect(corrected.body).toContain("| ⚠️ protected | 1 put back to the base, offered as a patch |");
    expect(corrected.body).toContain("+Be bolder.");
  });

  test("and nothing else ends the task, which says what it was", async () => {
    const opened = await town().delegate({ title: "Overwrite" });
    const status = await town().sees(opened, "nothing changed");

    expect(status).toContain("Nothing of what the agent left may be published.");
    expect(status).toContain(
      "**Taken out** of what the agent left: `.DS_Store` (a leftover), `CLAUDE.md` (protected).",
    );
    expect(status).toMatch(/The patch is kept on the server as `task-\d+-\d+-1\/trimmed-1\.patch`\./);
    expect(() => town().pull(opened)).toThrow("0 pull requests");
  });

  test("cannot be taken out where a class without paths or a non-goal is crossed: the verdict is failed", async () => {
    const body = story.body.replace("never: ci", "never: ci, deletions");
    const opened = await town().delegate({ title: "Cross", body });
    await town().sees(opened, "Draft pull request open");

    const shown = town().pull(opened).body ?? "";
    expect(shown).toContain("## Verdict: failed");
    expect(shown).toContain("| ❌ protected | 1 cannot be put back |");
    expect(shown).toContain("`README.md` **protected**: touches `deletions`");
    expect(shown).toContain("| ❌ scope | 1 in scope, 1 drift, 1 forbidden; 1 deleted |");
    expect(shown).toContain("/package.json) **scope**: forbidden: the non-goal");
    expect(shown).toContain("| ⚠️ approvals | To be approved: dependencies (1) |");
    expect(shown).toContain(
      "/package.json) **approvals**: touches `dependencies`; to be approved by `/approve dependencies`",
    );
  });
});
