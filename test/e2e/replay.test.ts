import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { execa } from "execa";
import { files, issue } from "../../src/cli/demo/demo-story.ts";
import { Evidence } from "../../src/domain/evidence/evidence.ts";
import { testDirectory } from "../support/test-directory.ts";
import { warmCommand } from "../support/warm-drafthorse.ts";

const root = testDirectory();
const repo = join(root, "slugger");
const git = (...args: string[]) =>
  execa("git", ["-c", "user.name=x", "-c", "user.email=x@y", ...args], { cwd: repo });

/** The label on the demo's issue, as GitHub delivers it. */
const payload = {
  action: "labeled",
  label: { name: "agent-task" },
  issue: {
    ...{ number: 12, title: issue.title, body: issue.body, updated_at: "2026-11-01T10:00:00Z" },
    user: { login: "ada" },
  },
  sender: { id: 5, login: "ada", type: "User" },
  installation: { id: 3 },
  repository: { id: 7, name: "slugger", default_branch: "trunk", owner: { login: "acme" } },
};

/** A repository with the demo's red library, and a branch `known` that mends it; trunk went on since. */
async function layRepository(): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(repo, path, ".."), { recursive: true });
    await writeFile(join(repo, path), text);
  }
  await git("init", "-q", "-b", "trunk");
  await git("add", "-A");
  await git("commit", "-qm", "Begin");
  await git("switch", "-qc", "known");
  const code = await readFile(join(repo, "src/slugify.js"), "utf8");
  const mended = code.replace("a-z", "a-z0-9").replace('"-")', '"-").replace(/-$/, "")');
  await writeFile(join(repo, "src/slugify.js"), mended);
  await git("commit", "-qam", "Mend it");
  await git("switch", "-q", "trunk");
  await git("commit", "-q", "--allow-empty", "-m", "Go on");
}

function drafthorse(...args: string[]) {
  return warmCommand({ cwd: root, args, env: { SANDBOX: "bwrap" } });
}

/** Times and ids aside: hashes, commits, durations and the place of the files. */
function plain(body: string): string {
  return body
    .replaceAll(/\b[0-9a-f]{7,64}\b/g, "ID")
    .replaceAll(/\b\d+(?:\.\d+)? (?:ms|s|min)\b/g, "TIME")
    .replaceAll(/duration_ms:? [\d.]+/g, "duration_ms TIME")
    .replaceAll(/\| \d+\.\d \|/g, "| TIME |");
}

test("the same delivery with the same change gives the same body, whatever file it comes in", async () => {
  await layRepository();
  await writeFile(
    join(root, "github.json"),
    JSON.stringify({ id: 1, event: "issues", request: { payload } }),
  );
  await writeFile(
    join(root, "store.json"),
    JSON.stringify({ digest: "0".repeat(64), event: "issues", body: JSON.stringify(payload) }),
  );
  const before = (await git("for-each-ref")).stdout;

  const first = await drafthorse("replay", "github.json", "--repo", repo, "--change", "known", "--out", "1");
  const again = await drafthorse("replay", "store.json", "--repo", repo, "--change", "known", "--out", "2");

  const [one = "", two = ""] = await Promise.all(
    ["1", "2"].map((out) => readFile(join(root, out, "body.md"), "utf8")),
  );
  const evidence = Evidence.parse(JSON.parse(await readFile(join(root, "1/evidence.json"), "utf8")));
  expect([first.status, again.status]).toEqual([0, 0]);
  expect(plain(two)).toBe(plain(one));
  expect(one).toContain("for #12, which `ada` delegated");
  expect(evidence.tree).toBe((await git("rev-parse", "known^{tree}")).stdout);
  expect(first.out).toMatch(/\nVerdict: \S+\nWhere: branch agent\/12-\S+ \(.+\), \S+body\.md\nNext: .+\n$/);
  expect((await git("for-each-ref")).stdout).toBe(before);
});

test.each([
  ["nobody says what the agent does", ["replay", "delivery.json"], /--change COMMIT.*--agent/],
  ["a file that is no delivery", ["replay", "other.json", "--change", "known"], /other\.json is no delivery/],
  [
    "a delivery of another kind",
    ["replay", "comment.json", "--change", "known"],
    /begins no attempt.*issue_comment/,
  ],
  [
    "a change that is not there",
    ["replay", "delivery.json", "--change", "gone", "--repo", repo],
    /no commit gone/,
  ],
  ["another label", ["replay", "bug.json", "--change", "known", "--repo", repo], /label bug.*agent-task/],
])("%s: one line that says so", async (_, args, why) => {
  const stored = { event: "issues", request: { payload } };
  const bug = { event: "issues", request: { payload: { ...payload, label: { name: "bug" } } } };
  await writeFile(join(root, "delivery.json"), JSON.stringify(stored));
  await writeFile(join(root, "bug.json"), JSON.stringify(bug));
  await writeFile(join(root, "other.json"), "[]");
  await writeFile(join(root, "comment.json"), JSON.stringify({ ...stored, event: "issue_comment" }));

  const { status, err } = await drafthorse(...args);

  expect(status).toBe(2);
  expect(err).toMatch(why);
});
