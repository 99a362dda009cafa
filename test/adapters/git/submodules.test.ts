import { existsSync, lstatSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { bareRepository } from "../../../src/adapters/git/bare-repository.ts";
import { explainFetch } from "../../../src/adapters/git/refuse-submodule.ts";
import { remoteAccess } from "../../../src/adapters/git/remote-access.ts";
import { runGit } from "../../../src/adapters/git/run-git.ts";
import type { Base } from "../../../src/domain/evidence/change.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { runIn, shell } from "../sandbox/confined.ts";
import { type Bench, captured, git, openBench, repository, sh } from "./origin.ts";
import { serveRepositories } from "./served.ts";

const directory = testDirectory();
const root = join(directory, "served");
const served = serveRepositories(root);
const token = "token-of-the-installation";
const at = {} as { bench: Bench; base: Base; deep: string; lib: string };

/** Makes a repository that is served, from a shell line that writes its files; resolves to its commit. */
function serve(name: string, line: string): string {
  const place = join(root, "octo", `${name}.git`);
  mkdirSync(place, { recursive: true });
  git(place, "init", "--quiet", "--initial-branch=main");
  sh(place, line);
  git(place, "add", "--all", "--force");
  git(place, "commit", "--quiet", "--message=one");
  return git(place, "rev-parse", "HEAD");
}

/** Declares submodules, and puts their commits into the index. */
function declare(submodules: { path: string; url: string; commit: string }[]): string {
  return submodules
    .map(
      ({ path, url, commit }) =>
        `git config -f .gitmodules 'submodule.${path}.path' '${path}'; git config -f .gitmodules 'submodule.${path}.url' '${url}'; git update-index --add --cacheinfo 160000,${commit},'${path}'; mkdir -p '${path}'`,
    )
    .join("\n");
}

async function fetched(): Promise<Base> {
  const base = await at.bench.worktrees.fetch(repository, "main");
  if (base === "missing") throw new Error("main is missing");
  return { ...base, submodules: await at.bench.worktrees.submodules(repository, base) };
}

const none = "0".repeat(39);

beforeAll(async () => {
  at.deep = serve("deep", "echo deep > d");
  at.lib = serve(
    "lib",
    `echo lib > a; echo out > .gitignore; mkdir -p s; echo '#!/bin/sh' > s/run; chmod +x s/run; ${declare([{ path: "deps/deep", url: "../deep.git", commit: at.deep }])}`,
  );
  const lfs = serve("lfs", "echo '*.bin filter=lfs' > .gitattributes");
  serve(
    "demo",
    `mkdir src; echo one > src/a; ${declare([
      { path: "vendor/lib", url: "../lib.git", commit: at.lib },
      { path: "vendor/big", url: `${served.url}/octo/lfs.git`, commit: lfs },
      { path: "vendor/gone", url: "../lib.git", commit: `${none}1` },
      { path: "vendor/hidden", url: "../private.git", commit: `${none}2` },
      { path: "vendor/none", url: "../none.git", commit: `${none}3` },
      { path: "vendor/ssh", url: "git@github.com:octo/lib.git", commit: `${none}4` },
    ])}
    git update-index --add --cacheinfo 160000,${none}5,uncovered
    git config -f .gitmodules submodule.off.path vendor/off; git config -f .gitmodules submodule.off.url ../lib.git
    git config -f .gitmodules submodule.off.update none; git update-index --add --cacheinfo 160000,${at.lib},vendor/off
    git config -f .gitmodules include.path /etc/passwd; mkdir -p uncovered vendor/off`,
  );
  at.bench = await openBench(join(directory, "data"), { url: `${served.url}/octo/demo.git`, token });
  at.base = await fetched();
});

describe("the submodules of a base", () => {
  test("are fetched at their commits, those inside them too; the others say why they are missing", () => {
    const found = Object.fromEntries((at.base.submodules ?? []).map((one) => [one.path, one]));

    expect(found).toEqual({
      "vendor/lib": { path: "vendor/lib", commit: at.lib, url: `${served.url}/octo/lib.git` },
      "vendor/lib/deps/deep": {
        path: "vendor/lib/deps/deep",
        commit: at.deep,
        url: `${served.url}/octo/deep.git`,
      },
      "vendor/big": missing(/Git LFS/),
      "vendor/gone": missing(/has no commit 0+1\. Push it/),
      "vendor/hidden": missing(
        /nobody but its owners can read .*private\.git`, or it is not there\. Make it public/,
      ),
      "vendor/none": missing(/or it is not there/),
      "vendor/ssh": missing(/is not https\. Write `https:\/\/github\.com\/octo\/lib\.git/),
    });
  });

  test("are fetched without the token", () => {
    const others = served.heard.filter(({ path }) => !path.startsWith("/octo/demo.git"));

    expect(others.length).toBeGreaterThan(0);
    expect(others.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
    expect(served.heard.some(({ authorization }) => authorization !== undefined)).toBe(true);
  });

  test("that are there are not fetched again", async () => {
    const before = served.heard.filter(({ path }) => path.includes("/deep.git")).length;

    await fetched();

    expect(served.heard.filter(({ path }) => path.includes("/deep.git"))).toHaveLength(before);
  });
});

function missing(why: RegExp) {
  return expect.objectContaining({ missing: expect.stringMatching(why) });
}

describe("a worktree with submodules", () => {
  test("has their files, and what is edited there is told and is no part of the change", async () => {
    const { bench, base } = at;
    const notes = { ".drafthorse/TASK.md": "the task" };
    const { directory: work } = await bench.worktrees.open({ repository, base, key: "edits", notes });

    expect(readFileSync(join(work, "vendor/lib/a"), "utf8")).toBe("lib\n");
    expect(readFileSync(join(work, "vendor/lib/deps/deep/d"), "utf8")).toBe("deep\n");
    expect(lstatSync(join(work, "vendor/lib/s/run")).mode & 0o100).toBe(0o100);
    expect(existsSync(join(work, "vendor/lib/.git"))).toBe(false);
    expect(sh(work, "git status --porcelain")).toBe("");
    sh(
      work,
      "echo two > src/a; echo x >> vendor/lib/a; rm vendor/lib/deps/deep/d; echo n > vendor/lib/new; echo o > vendor/lib/out",
    );

    const change = await captured(bench, base, "edits");

    expect(change.files.map(({ path }) => path)).toEqual(["src/a"]);
    expect(change.unpublishable).toEqual([]);
    expect(change.inSubmodules).toEqual(["vendor/lib/a", "vendor/lib/deps/deep/d", "vendor/lib/new"]);
  });

  test("may have in a submodule what set-up made there, and a file that is too large for a change", async () => {
    const { bench, base } = at;
    const order = { repository, base, key: "made", notes: {}, excluded: ["vendor/lib/made"] };
    const { directory: work } = await bench.worktrees.open(order);
    sh(work, "echo two > src/a; echo x > vendor/lib/made; truncate -s 50M vendor/lib/large");

    const change = await captured(bench, base, "made");

    expect(change.unpublishable).toEqual([]);
    expect(change.files.map(({ path }) => path)).toEqual(["src/a"]);
    expect(change.inSubmodules).toEqual(["vendor/lib/large"]);
  });

  test("says nothing where nobody edited them, and leads nowhere by a link", async () => {
    const { bench, base } = at;
    const one = await bench.worktrees.open({ repository, base, key: "quiet", notes: {} });
    sh(one.directory, "echo two > src/a; touch vendor/lib/a");
    expect(await captured(bench, base, "quiet")).not.toHaveProperty("inSubmodules");

    const two = await bench.worktrees.open({ repository, base, key: "link", notes: {} });
    sh(two.directory, "rm -rf vendor/lib/s; ln -s /etc vendor/lib/s");
    const change = await captured(bench, base, "link");
    expect(change.files).toEqual([]);
    expect(change.inSubmodules).toEqual(["vendor/lib/s", "vendor/lib/s/run"]);
  });
});

describe("a clean checkout with submodules", () => {
  test("has their files for base and change alike, and a clean status", async () => {
    const { bench, base } = at;
    const { directory: work } = await bench.worktrees.open({ repository, base, key: "clean", notes: {} });
    sh(work, "echo two > src/a; echo x >> vendor/lib/a");
    const change = await captured(bench, base, "clean");
    for (const tree of [base.tree, change.tree]) {
      const { directory: place, readable } = await bench.worktrees.export({
        repository,
        change,
        key: "clean",
        tree,
      });
      const line = "cat vendor/lib/a vendor/lib/deps/deep/d; git status --porcelain; ls -d vendor/*/*";
      const { log } = await runIn(
        bench.sandbox,
        shell(line, { directory: place, writable: [place], readable }),
        { directory },
      );

      expect(log.head).toBe("lib\ndeep\nvendor/lib/a\nvendor/lib/deps\nvendor/lib/s\n");
      expect(existsSync(`${place}.submodules`)).toBe(false);
    }
  });

  test("leaves out a submodule that the change removes", async () => {
    const { bench, base } = at;
    const { directory: work } = await bench.worktrees.open({ repository, base, key: "removed", notes: {} });
    sh(work, "rm -rf vendor/lib");
    const change = await captured(bench, base, "removed");
    const { directory: place } = await bench.worktrees.export({
      repository,
      change,
      key: "removed",
      tree: change.tree,
    });

    expect(change.files.map(({ path }) => path)).toEqual(["vendor/lib"]);
    expect(existsSync(join(place, "vendor/lib"))).toBe(false);
  });

  test("fetches again what this machine lost", async () => {
    const { bench, base } = at;
    sh(directory, "rm -rf data/mirrors/1001.submodules");
    const { directory: work } = await bench.worktrees.open({ repository, base, key: "again", notes: {} });

    expect(readFileSync(join(work, "vendor/lib/deps/deep/d"), "utf8")).toBe("deep\n");
  });
});

test("a fetch that is larger than its bound is ended, and is told as such", async () => {
  serve("large", "head -c 400000 /dev/urandom > noise");
  const url = `${served.url}/octo/large.git`;
  const gitDir = join(directory, "bounded.git");
  await bareRepository(gitDir, []);
  const call = { ...remoteAccess(gitDir, { url }), fileBytes: 100_000 };

  const said = await runGit(["fetch", "--quiet", url, "+main:main"], call).catch(
    (thrown: Error) => thrown.message,
  );

  expect(explainFetch(String(said), { url, commit: at.lib })).toMatch(/is larger than what is fetched/);
});
