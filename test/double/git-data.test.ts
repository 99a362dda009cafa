import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import { execa } from "execa";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { asApp, asInstallation, refusal } from "./clients.ts";

let double: CheckedDouble;
let octokit: Octokit;
let scratch: string;
const at = { owner: "ada", repo: "widgets" };

beforeAll(async () => {
  double = await startCheckedDouble();
  scratch = await mkdtemp(join(tmpdir(), "double-git-"));
  await double.github.createRepository({
    owner: "ada",
    name: "widgets",
    files: { "README.md": "# Widgets\n", "src/a.js": "a\n", "src/b.js": "b\n", "docs/old/x.md": "x\n" },
  });
  octokit = await asInstallation(double, "ada/widgets");
});

afterAll(async () => {
  const violations = await double.violations();
  await double.close();
  await rm(scratch, { recursive: true, force: true });
  expect(violations).toEqual([]);
});

/** Runs git as somebody would on their own machine, with no configuration but ours. */
async function git(args: string[], options: { cwd?: string; token?: string } = {}): Promise<string> {
  const header = `Authorization: Basic ${Buffer.from(`x-access-token:${options.token}`).toString("base64")}`;
  const { stdout } = await execa("git", args, {
    cwd: options.cwd ?? scratch,
    env: {
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_TERMINAL_PROMPT: "0",
      GIT_AUTHOR_NAME: "test",
      GIT_AUTHOR_EMAIL: "test@example.com",
      GIT_COMMITTER_NAME: "test",
      GIT_COMMITTER_EMAIL: "test@example.com",
      ...(options.token && {
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: "http.extraHeader",
        GIT_CONFIG_VALUE_0: header,
      }),
    },
  });
  return stdout;
}

async function token(permissions: Record<string, "read" | "write">): Promise<string> {
  const apps = asApp(double).rest.apps;
  const { data } = await apps.getRepoInstallation(at);
  const granted = await apps.createInstallationAccessToken({ installation_id: data.id, permissions });
  return granted.data.token;
}

async function head(): Promise<{ sha: string; tree: string }> {
  const { data } = await octokit.rest.repos.getCommit({ ...at, ref: "main" });
  return { sha: data.sha, tree: data.commit.tree.sha };
}

describe("the Git Data API", () => {
  test("writes the tree that git itself writes: files, modes, links, deletions, binaries, submodules", async () => {
    const clone = join(scratch, "expected");
    await git(["clone", "-q", join(double.github.repository("ada/widgets").directory), clone]);
    const binary = Buffer.from([0, 255, 254, 10, 13, 0]);
    await writeFile(join(clone, "new.bin"), binary);
    await writeFile(join(clone, "src/a.js"), "aé\r\n");
    await writeFile(join(clone, "run.sh"), "#!/bin/sh\n");
    await git(["rm", "-q", "-r", "src/b.js", "docs"], { cwd: clone });
    await git(["add", "."], { cwd: clone });
    await git(["update-index", "--chmod=+x", "run.sh"], { cwd: clone });
    const link = (await execa("git", ["hash-object", "-w", "--stdin"], { cwd: clone, input: "README.md" }))
      .stdout;
    const submodule = "1".repeat(40);
    await git(["update-index", "--add", "--cacheinfo", `120000,${link},link`], { cwd: clone });
    await git(["update-index", "--add", "--cacheinfo", `160000,${submodule},vendored`], { cwd: clone });
    const expected = await git(["write-tree"], { cwd: clone });

    const base = await head();
    const blob = await octokit.rest.git.createBlob({
      ...at,
      content: binary.toString("base64"),
      encoding: "base64",
    });
    const { data: tree } = await octokit.rest.git.createTree({
      ...at,
      base_tree: base.tree,
      tree: [
        { path: "new.bin", mode: "100644", type: "blob", sha: blob.data.sha },
        { path: "src/a.js", mode: "100644", type: "blob", content: "aé\r\n" },
        { path: "run.sh", mode: "100755", type: "blob", content: "#!/bin/sh\n" },
        { path: "src/b.js", mode: "100644", type: "blob", sha: null },
        { path: "docs", mode: "040000", type: "tree", sha: null },
        { path: "link", mode: "120000", type: "blob", content: "README.md" },
        { path: "vendored", mode: "160000", type: "commit", sha: submodule },
      ],
    });
    const { data: read } = await octokit.rest.git.getTree({ ...at, tree_sha: tree.sha, recursive: "1" });
    const { data: bytes } = await octokit.rest.git.getBlob({ ...at, file_sha: blob.data.sha });

    expect(tree.sha).toBe(expected);
    expect(read.tree.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
      "100644 README.md",
      "120000 link",
      "100644 new.bin",
      "100755 run.sh",
      "040000 src",
      "100644 src/a.js",
      "160000 vendored",
    ]);
    expect(Buffer.from(bytes.content, "base64")).toEqual(binary);
  });

  test("puts a whole tree in place of a directory, and a file in place of one", async () => {
    const base = await head();
    const { data: root } = await octokit.rest.git.getTree({ ...at, tree_sha: base.tree });
    const src = root.tree.find(({ path }) => path === "src")?.sha ?? "";

    const { data } = await octokit.rest.git.createTree({
      ...at,
      base_tree: base.tree,
      tree: [
        { path: "docs", mode: "040000", type: "tree", sha: src },
        { path: "src", mode: "100644", type: "blob", content: "now a file\n" },
      ],
    });
    const { data: read } = await octokit.rest.git.getTree({ ...at, tree_sha: data.sha, recursive: "1" });

    expect(read.tree.map(({ path }) => path)).toEqual(["README.md", "docs", "docs/a.js", "docs/b.js", "src"]);
  });

  test.each([
    ["an unknown object", { path: "x", mode: "100644", sha: "2".repeat(40) }, "is not a valid blob"],
    ["the deletion of nothing", { path: "no/such", mode: "100644", sha: null }, "GitRPC::BadObjectState"],
    ["a path into .git", { path: ".git/config", mode: "100644", content: "x" }, "malformed path component"],
    ["a path out of the tree", { path: "../x", mode: "100644", content: "x" }, "malformed path component"],
  ] as const)("refuses %s", async (_, entry, message) => {
    const base = await head();

    const refused = await refusal(
      octokit.rest.git.createTree({ ...at, base_tree: base.tree, tree: [{ type: "blob", ...entry }] }),
    );

    expect(refused).toEqual({ status: 422, message: expect.stringContaining(message) });
  });

  test("signs what the bot commits in its own name, and nothing else", async () => {
    const { sha, tree } = await head();
    const commit = { ...at, message: "Say\n\nTrailer: yes", tree, parents: [sha] };

    const own = await octokit.rest.git.createCommit(commit);
    const author = { name: "Ada", email: "ada@example.com", date: "2020-01-02T03:04:05Z" };
    const other = await octokit.rest.git.createCommit({ ...commit, author });

    expect(own.data).toMatchObject({
      author: { name: "drafthorse[bot]" },
      message: "Say\n\nTrailer: yes",
      verification: { verified: true, reason: "valid" },
    });
    expect(other.data).toMatchObject({ author, verification: { verified: false, reason: "unsigned" } });
    expect((await refusal(octokit.rest.git.createCommit({ ...commit, tree: "3".repeat(40) }))).status).toBe(
      422,
    );
  });

  test("creates, moves and deletes refs by GitHub's rules", async () => {
    const { sha, tree } = await head();
    const next = async (message: string) =>
      (await octokit.rest.git.createCommit({ ...at, message, tree, parents: [sha] })).data.sha;
    const [one, two] = [await next("one"), await next("two")];
    const ref = "heads/agent/1-refs";
    await octokit.rest.git.createRef({ ...at, ref: `refs/${ref}`, sha });

    const again = await refusal(octokit.rest.git.createRef({ ...at, ref: `refs/${ref}`, sha }));
    await octokit.rest.git.updateRef({ ...at, ref, sha: one });
    const sideways = await refusal(octokit.rest.git.updateRef({ ...at, ref, sha: two }));
    const forced = await octokit.rest.git.updateRef({ ...at, ref, sha: two, force: true });
    const { data: comparison } = await octokit.rest.repos.compareCommitsWithBasehead({
      ...at,
      basehead: "main...agent/1-refs",
    });
    await octokit.rest.git.deleteRef({ ...at, ref });

    expect(again).toEqual({ status: 422, message: "Reference already exists" });
    expect(sideways).toEqual({ status: 422, message: "Update is not a fast forward" });
    expect(forced.data.object.sha).toBe(two);
    expect(comparison).toMatchObject({ status: "ahead", ahead_by: 1, behind_by: 0, total_commits: 1 });
    expect(await refusal(octokit.rest.git.getRef({ ...at, ref }))).toEqual({
      status: 404,
      message: "Not Found",
    });
  });

  test("reads a file", async () => {
    const { data } = await octokit.rest.repos.getContent({ ...at, path: "src/a.js" });

    expect(data).toMatchObject({ type: "file", path: "src/a.js", encoding: "base64", size: 2 });
    expect((await refusal(octokit.rest.repos.getContent({ ...at, path: "src/nothing" }))).status).toBe(404);
  });
});

describe("git over HTTP", () => {
  test("clones, pushes and fetches with a token that may write", async () => {
    const writing = await token({ contents: "write" });
    const clone = join(scratch, "clone");
    const url = `${double.url}/ada/widgets.git`;
    await git(["clone", "-q", url, clone], { token: writing });
    await writeFile(join(clone, "pushed.txt"), "pushed\n");
    await git(["add", "."], { cwd: clone });
    await git(["commit", "-q", "-m", "Push"], { cwd: clone });
    await git(["push", "-q", "origin", "HEAD:refs/heads/pushed"], { cwd: clone, token: writing });
    const commit = await git(["rev-parse", "HEAD"], { cwd: clone });
    const later = await double.github
      .as("ada")
      .pushes("ada/widgets", { branch: "pushed", files: { "more.txt": "more\n" } });
    await git(["fetch", "-q", "--filter=blob:none", "origin", "pushed"], { cwd: clone, token: writing });

    const { data } = await octokit.rest.git.getRef({ ...at, ref: "heads/pushed" });
    await double.github.settled();

    expect(await git(["rev-parse", "FETCH_HEAD"], { cwd: clone })).toBe(later);
    expect(await readFile(join(clone, "README.md"), "utf8")).toBe("# Widgets\n");
    expect(data.object.sha).toBe(later);
    expect(double.effects.list("git.pushed")).toMatchObject([
      { subject: "refs/heads/pushed", repository: "ada/widgets" },
    ]);
    expect(
      double.github
        .deliveries()
        .find(({ event, request }) => event === "push" && request.payload.after === commit),
    ).toBeDefined();
  });

  test("reads but does not write with a token that may only read", async () => {
    const reading = await token({ contents: "read" });
    const clone = join(scratch, "reader");
    await git(["clone", "-q", `${double.url}/ada/widgets`, clone], { token: reading });

    const push = git(["push", "-q", "origin", "HEAD:refs/heads/sneaky"], { cwd: clone, token: reading });

    await expect(push).rejects.toThrow(/403/);
    await expect(
      git(["ls-remote", `${double.url}/ada/widgets.git`], { token: await token({ issues: "read" }) }),
    ).rejects.toThrow(/403/);
  });

  test("shows nothing to nobody, and no other repository to a token", async () => {
    await double.github.createRepository({
      owner: "eve",
      name: "secret",
      files: { a: "a" },
      installed: false,
    });
    const service = "info/refs?service=git-upload-pack";
    const password = `Basic ${Buffer.from(`x-access-token:${await token({ contents: "read" })}`).toString("base64")}`;

    const nobody = await fetch(`${double.url}/ada/widgets.git/${service}`);
    const stranger = await fetch(`${double.url}/eve/secret.git/${service}`, {
      headers: { authorization: password },
    });

    expect(nobody.status).toBe(401);
    expect(nobody.headers.get("www-authenticate")).toMatch(/^Basic/);
    expect(stranger.status).toBe(404);
  });
});
