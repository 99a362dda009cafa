import { describe, expect, test } from "@jest/globals";
import { issue } from "../../src/cli/demo/demo-story.ts";
import { gitRepository } from "../support/git-repository.ts";
import { testDirectory } from "../support/test-directory.ts";
import { warmDrafthorse } from "../support/warm-drafthorse.ts";

const directory = testDirectory();
const files = {
  "package.json": JSON.stringify({ scripts: { test: "node --test", "test:unit": "node --test" } }),
  Makefile: "test: build\n\tnpm test\nbuild:\n\ttrue\n",
  "scripts/check.sh": "true\n",
};
const repository = (more: Record<string, string> = {}) =>
  gitRepository(directory, { ...files, "BRIEF.md": issue.body, ...more });
const withCommand = (command: string) => issue.body.replace("npm test", command);

/** An issue as somebody wrote it who has never seen our form. */
const story = `**As a** shop owner **I want** the discount to start at ten pieces **so that** customers get it.

**Acceptance criteria**
- Given ten pieces, 10 % are taken off
- Given nine pieces, nothing is taken off

**Technical notes**
Only \`src/price.js\` should change. Run \`npm test\`. Please ask before adding any dependency. Reviewer is @ada.

**Out of scope**
Shipping costs
`;

describe("drafthorse check", () => {
  test("says that a complete brief is, and exits 0", async () => {
    const { status, out } = await warmDrafthorse(repository().directory, "check", "BRIEF.md");

    expect([status, out]).toEqual([
      0,
      expect.stringMatching(/^BRIEF\.md: the brief is complete \([0-9a-f]{12}\)\.\n$/),
    ]);
  });

  test("names file, line and repair of everything at once, and exits 1", async () => {
    const { directory: at, write } = repository();
    write({ "BRIEF.md": withCommand("npm run tset || true").replace("never: ci", "nevr: ci") });

    const { status, out } = await warmDrafthorse(at, "check", "BRIEF.md");

    expect(status).toBe(1);
    expect(out).toMatch(
      /^BRIEF\.md:\d+: The command succeeds whatever happens: `\|\| true`\.\n {2}Leave out/m,
    );
    expect(out).toContain("the script `tset` of `package.json`");
    expect(out).toContain("or `never: db/**`");
    expect(out).toMatch(/^BRIEF\.md:\d+: This line of the approval boundary is not understood/m);
  });

  test("shows what the author wrote as it was written, stars included", async () => {
    const { directory: at, write } = repository();
    write({ "BRIEF.md": issue.body.replace(/### Goal\s+/, "**Goal:** ") });

    const { out } = await warmDrafthorse(at, "check", "BRIEF.md");

    expect(out).toContain(":1: `**Goal:**` looks like the heading Goal, but is none.");
  });

  test("shows the whole with what was found in it, which is complete once it is copied", async () => {
    const { directory: at, write } = repository();
    write({ "BRIEF.md": story });
    const { status, out } = await warmDrafthorse(at, "check", "BRIEF.md");
    const whole = out.slice(out.indexOf("### Goal"));

    write({ "BRIEF.md": whole });
    const again = await warmDrafthorse(at, "check", "BRIEF.md");

    expect(status).toBe(1);
    expect(out).toContain(
      ":8: This reads like Validation command, though no heading says so for certain: `npm test`",
    );
    expect(whole).not.toContain("TODO");
    expect([again.status, again.out]).toEqual([0, expect.stringContaining("the brief is complete")]);
  });

  test.each([
    ["npm run test:unit", 0, ""],
    ["npm run test:unti", 1, "the script `test:unti` of `package.json`"],
    ["make test", 0, ""],
    ["make tests", 1, "the make target `tests`"],
    ["sh scripts/check.sh", 0, ""],
    ["sh scripts/chek.sh", 1, "the file `scripts/chek.sh`"],
    ["cd scripts && sh check.sh", 0, ""],
    ["cd web && npm test", 1, "the file `web/package.json`"],
  ])("looks up what `%s` names at the base commit", async (command, exit, named) => {
    const { directory: at, write } = repository();
    write({ "BRIEF.md": withCommand(command) });

    const { status, out } = await warmDrafthorse(at, "check", "BRIEF.md");

    expect([status, out]).toEqual([exit, expect.stringContaining(named)]);
  });

  test.each([
    ["src/**", 1, "The scope `src/**` reaches into a submodule: `src/lib`"],
    ["src/*.js", 0, ""],
    ["docs/**", 1, "can mean files that are kept in Git LFS: `docs/**/*.png`"],
    ["docs/*.md", 0, ""],
    ["assets/a.psd", 1, "kept in Git LFS: `assets/**`"],
  ])("the scope `%s` is held against submodules and LFS at the base commit", async (scope, exit, said) => {
    const {
      directory: at,
      git,
      write,
    } = repository({
      ".gitmodules": '[submodule "a"]\n\tpath = src/lib\n[submodule "gone"]\n\tpath = docs/gone\n',
      ".gitattributes": "/assets/** filter=lfs diff=lfs merge=lfs -text\n",
      "docs/.gitattributes": "*.png filter=lfs\n",
    });
    git("update-index", "--add", "--cacheinfo", `160000,${git("rev-parse", "HEAD")},src/lib`);
    git("commit", "-qm", "Borrow a library");
    write({ "BRIEF.md": issue.body.replace("`src/**`", `\`${scope}\``) });

    const { status, out } = await warmDrafthorse(at, "check", "BRIEF.md");

    expect([status, out]).toEqual([exit, expect.stringContaining(said)]);
  });

  test("what only lies in the working tree is not at the base commit", async () => {
    const { directory: at, write } = repository();
    write({ "scripts/new.sh": "true\n", "BRIEF.md": withCommand("sh scripts/new.sh") });

    expect((await warmDrafthorse(at, "check", "BRIEF.md")).out).toContain("the file `scripts/new.sh`");
  });

  test("the brief's own base branch is looked at", async () => {
    const { directory: at, git, write } = repository();
    git("checkout", "-q", "-b", "next");
    write({ "scripts/new.sh": "true\n" });
    git("add", "-A");
    git("commit", "-q", "-m", "Next");
    git("checkout", "-q", "main");
    const brief = (base: string) => `${withCommand("sh scripts/new.sh")}\n### Base branch\n\n\`${base}\`\n`;
    write({ "BRIEF.md": brief("next"), "OTHER.md": brief("nowhere") });

    expect((await warmDrafthorse(at, "check", "BRIEF.md")).status).toBe(0);
    expect((await warmDrafthorse(at, "check", "OTHER.md")).out).toContain("has no branch `nowhere`");
    write({ "PLAIN.md": issue.body });
    git("symbolic-ref", "HEAD", "refs/heads/unborn");
    expect((await warmDrafthorse(at, "check", "PLAIN.md")).out).toMatch(
      /has no branch `unborn` to start from\.\n {2}Commit to that branch first/,
    );
  });

  test("a detached head, as builds have it, is the base", async () => {
    const { directory: at, git } = repository();
    git("checkout", "-q", "--detach");

    expect((await warmDrafthorse(at, "check", "BRIEF.md")).status).toBe(0);
  });

  test("sensitive work wants a reviewer who is not the one who asks", async () => {
    const { directory: at, write } = repository();
    write({ "BRIEF.md": issue.body.replace("`src/**`", "`src/auth/**`") });

    expect((await warmDrafthorse(at, "check", "BRIEF.md")).status).toBe(0);
    expect((await warmDrafthorse(at, "check", "BRIEF.md", "--actor", "ada")).out).toContain(
      "This is sensitive work",
    );
  });

  test("for outsiders only the commands that the configuration allows count", async () => {
    const { directory: at } = repository({
      ".github/drafthorse.yml": "validation: { allow: [make test] }\n",
    });

    expect((await warmDrafthorse(at, "check", "BRIEF.md")).status).toBe(0);
    expect((await warmDrafthorse(at, "check", "BRIEF.md", "--outsider")).out).toContain(
      "is not among the commands",
    );
  });

  test("a broken configuration is told with its own file and line", async () => {
    const { directory: at } = repository({ ".github/drafthorse.yml": "label: x\nlimts: {}\n" });

    const { status, out } = await warmDrafthorse(at, "check", "BRIEF.md");

    expect(status).toBe(1);
    expect(out).toMatch(
      /^\.github\/drafthorse\.yml:2: `limts` is not a key that is known\.\n {2}Did you mean `limits`\?/,
    );
  });

  test("--json is an array, empty where all is well", async () => {
    const { directory: at, write } = repository();
    const good = await warmDrafthorse(at, "check", "BRIEF.md", "--json");
    write({ "BRIEF.md": "nothing" });
    const bad = await warmDrafthorse(at, "check", "BRIEF.md", "--json");

    expect([good.status, JSON.parse(good.out)]).toEqual([0, []]);
    expect([bad.status, JSON.parse(bad.out)[0]]).toEqual([
      1,
      expect.objectContaining({
        file: "BRIEF.md",
        line: 1,
        field: "goal",
        rule: "missing",
        repair: expect.any(String),
      }),
    ]);
  });

  test("outside of a repository the text alone is judged, and that is said", async () => {
    const { directory: at } = repository();
    const elsewhere = await warmDrafthorse(directory, "check", `${at}/BRIEF.md`);

    expect([elsewhere.status, elsewhere.out]).toEqual([0, expect.stringContaining("was not looked up")]);
    expect((await warmDrafthorse(directory, "check", `${at}/BRIEF.md`, "--repo", ".")).err).toContain(
      "not in a git repository",
    );
  });
});
