import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Change } from "../../../src/domain/evidence/change.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { type Bench, begin, captured, git, makeOrigin, openBench, repository, sh } from "./origin.ts";

const directory = testDirectory();
let bench: Bench;
let origin: string;

beforeAll(async () => {
  origin = makeOrigin(
    directory,
    `echo rules > CLAUDE.md; mkdir -p .github/workflows src folder; echo ci > .github/workflows/ci.yml
     echo code > src/code.ts; echo in > folder/in.txt; echo file > file; ln -s src link; echo '#!/bin/sh' > run.sh`,
  );
  bench = await openBench(join(directory, "data"), { url: origin, local: true });
});

/** What an agent did by a shell line, once some paths of it are put back; and what git itself makes of the same. */
async function trimmed(key: string, line: string, back: { paths: string[]; undo: string }) {
  const { base, worktree } = await begin(bench, key);
  sh(worktree.directory, line);
  const change = await captured(bench, base, key);
  const order = { paths: back.paths, offered: back.paths, pack: `${key}/t.pack`, patch: `${key}/t.patch` };
  const made = await bench.objects.trim({ repository, change, key }, order);
  const clone = join(directory, `clone-${key}`);
  git(directory, "clone", "--quiet", origin, clone);
  sh(clone, `${line}\n${back.undo}\ngit add -A`);
  return { ...made, captured: change, expected: git(clone, "write-tree"), base, key };
}

const paths = ({ files }: Change) => files.map(({ path }) => path);

describe("putting back", () => {
  test.each([
    {
      name: "an edit",
      line: "echo more >> CLAUDE.md; echo more >> src/code.ts",
      back: { paths: ["CLAUDE.md"], undo: "git checkout -q CLAUDE.md" },
    },
    {
      name: "a deletion and an addition",
      line: "rm CLAUDE.md; echo x > .DS_Store; echo y > y",
      back: { paths: ["CLAUDE.md", ".DS_Store"], undo: "git checkout -q CLAUDE.md; rm .DS_Store" },
    },
    {
      name: "a move of which one side stays",
      line: "mv CLAUDE.md src/notes.md",
      back: { paths: ["CLAUDE.md"], undo: "git checkout -q CLAUDE.md" },
    },
    {
      name: "a file that became a folder",
      line: "rm CLAUDE.md; mkdir CLAUDE.md; echo x > CLAUDE.md/x; echo y > y",
      back: { paths: ["CLAUDE.md", "CLAUDE.md/x"], undo: "rm -r CLAUDE.md; git checkout -q CLAUDE.md" },
    },
    {
      name: "a folder that became a file",
      line: "rm -r .github; echo x > .github; echo y > y",
      back: { paths: [".github", ".github/workflows/ci.yml"], undo: "rm .github; git checkout -q .github" },
    },
    {
      name: "a folder that became a link",
      line: "rm -r folder; ln -s /etc folder; echo y > y",
      back: { paths: ["folder", "folder/in.txt"], undo: "rm folder; git checkout -q folder" },
    },
    {
      name: "a file that became a link, and a link that became a file",
      line: "rm file link; ln -s /etc/passwd file; echo x > link",
      back: { paths: ["file"], undo: "git checkout -q file" },
    },
    {
      name: "a mode",
      line: "chmod +x run.sh; chmod +x src/code.ts",
      back: { paths: ["run.sh"], undo: "chmod -x run.sh" },
    },
    {
      name: "one of two names that differ in case",
      line: "git mv CLAUDE.md claude.md; echo y > y",
      back: { paths: ["CLAUDE.md", "claude.md"], undo: "git mv claude.md CLAUDE.md" },
    },
    {
      name: "names that only git can hold",
      line: "echo x > \"$(printf 'a\\nb~')\"; echo x > ./--x~; echo x > ':(top)~'; echo x > \"$(printf 'caf\\351~')\"; echo y > y",
      back: { paths: ["a\nb~", "--x~", ":(top)~", "caf\ufffd~"], undo: "rm -- *~" },
    },
  ])("$name gives the tree that git itself would have written", async ({ name, line, back }) => {
    const made = await trimmed(name.replaceAll(/\W+/g, "-"), line, back);

    expect(made.change.tree).toBe(made.expected);
    expect(paths(made.change).filter((path) => back.paths.includes(path))).toEqual([]);
    expect(made.change.unpublishable).toEqual([]);
  });

  test("everything gives the tree of the base", async () => {
    const made = await trimmed("everything", "echo more >> CLAUDE.md; echo x > x", {
      paths: ["CLAUDE.md", "x"],
      undo: "git checkout -q CLAUDE.md; rm x",
    });

    expect([made.change.tree, made.change.files]).toEqual([made.base.tree, []]);
  });

  test("less than what stands in its way is refused, and nothing is kept", async () => {
    const { base, worktree } = await begin(bench, "blocked");
    sh(worktree.directory, "rm CLAUDE.md; mkdir CLAUDE.md; echo x > CLAUDE.md/x");
    const change = await captured(bench, base, "blocked");
    const order = { paths: ["CLAUDE.md"], offered: [], pack: "blocked/t.pack", patch: "blocked/t.patch" };

    const refused = bench.objects.trim({ repository, change, key: "blocked" }, order);

    await expect(refused).rejects.toMatchObject({ kind: "bug" });
    expect(await bench.artefacts.read("blocked/t.pack")).toBeUndefined();
  });
});

test("the patch holds what was put back and nothing else, applies, and is redacted where it is shown", async () => {
  const line =
    "printf 'key hunter2-hunter2\\n' >> CLAUDE.md; rm .github/workflows/ci.yml; echo more >> src/code.ts";
  const made = await trimmed("patch", line, {
    paths: ["CLAUDE.md", ".github/workflows/ci.yml"],
    undo: "git checkout -q CLAUDE.md .github",
  });
  const patch = Buffer.from((await bench.artefacts.read("patch/t.patch")) ?? "").toString();
  const clone = join(directory, "patched");
  git(directory, "clone", "--quiet", origin, clone);
  sh(clone, `git apply --index - <<'E'\n${patch}E`);

  expect(git(clone, "status", "--porcelain")).toBe("D  .github/workflows/ci.yml\nM  CLAUDE.md");
  expect(readFileSync(join(clone, "CLAUDE.md"), "utf8")).toBe("rules\nkey hunter2-hunter2\n");
  expect(made.patch?.text).toContain("+key [redacted]");
  expect(made.patch?.bytes).toBe(patch.length);
});

test("a long patch is kept and not shown, and a binary one says so", async () => {
  const long = await trimmed("long", "seq 5000 >> CLAUDE.md", {
    paths: ["CLAUDE.md"],
    undo: "git checkout -q CLAUDE.md",
  });
  const binary = await trimmed("binary", "printf '\\0' > CLAUDE.md; echo '* diff' > .gitattributes", {
    paths: ["CLAUDE.md"],
    undo: "git checkout -q CLAUDE.md",
  });

  expect([long.patch?.text, (long.patch?.bytes ?? 0) > 20_000]).toEqual([null, true]);
  expect(binary.patch?.text).toContain("Binary files a/CLAUDE.md and b/CLAUDE.md differ");
});

test("a restart finds the trimmed tree and not what was taken out of it", async () => {
  const made = await trimmed("restart", "echo secret > stray~; echo y > y; echo more >> CLAUDE.md", {
    paths: ["stray~", "CLAUDE.md"],
    undo: "rm stray~; git checkout -q CLAUDE.md",
  });
  const stray = made.captured.files.find(({ path }) => path === "stray~")?.after?.id ?? "";
  rmSync(join(bench.directory, "attempts/restart"), { recursive: true });
  const restarted = await openBench(bench.directory, { url: origin, local: true });
  const at = { repository, change: made.change, key: "restart" };

  const { directory: exported } = await restarted.worktrees.export({ ...at, tree: made.change.tree });

  expect(sh(exported, "cat y CLAUDE.md; ls -A")).toBe(
    "y\nrules\n.git\n.github\nCLAUDE.md\nfile\nfolder\nlink\nrun.sh\nsrc\ny",
  );
  await expect(restarted.objects.blob(at, stray)).rejects.toMatchObject({ kind: "git" });
});

test("what was captured can be trimmed again after a crash behind the first time", async () => {
  const back = { paths: ["CLAUDE.md"], undo: "git checkout -q CLAUDE.md" };
  const made = await trimmed("again", "echo more >> CLAUDE.md; echo y > y", back);
  const order = { paths: back.paths, offered: back.paths, pack: "again/t.pack", patch: "again/t.patch" };

  const again = await bench.objects.trim({ repository, change: made.captured, key: "again" }, order);

  expect(again).toEqual({ change: made.change, patch: made.patch });
});

test("reasons not to publish go with what gave them, and others stay", async () => {
  const made = await trimmed("reasons", "ln -s /etc/passwd leak; ln -s /etc/hosts other; echo y > y", {
    paths: ["leak"],
    undo: "rm leak",
  });

  expect(made.captured.unpublishable).toHaveLength(2);
  expect(made.change.unpublishable).toEqual(['"other" is a link that leads out of the repository.']);
});

test("a deleted file whose name is no text cannot be published, since GitHub knows no such name", async () => {
  const odd = makeOrigin(join(directory, "odd"), "echo x > \"$(printf 'caf\\351.txt')\"; echo y > y");
  const oddBench = await openBench(join(directory, "odd-data"), { url: odd, local: true });
  const { base, worktree } = await begin(oddBench, "odd");
  sh(worktree.directory, "rm caf*");

  expect((await captured(oddBench, base, "odd")).unpublishable).toEqual([
    'The path "caf\ufffd.txt" is not UTF-8.',
  ]);
});

test("a path longer than every system can hold is not published, unless it is dropped", async () => {
  const { base, worktree } = await begin(bench, "deep");
  const deep = `${"deep/".repeat(210)}x~`;
  sh(worktree.directory, `mkdir -p "$(dirname '${deep}')" && echo x > '${deep}' && echo y > y`);
  const change = await captured(bench, base, "deep");
  const order = { paths: [deep], offered: [], pack: "deep/t.pack", patch: "deep/t.patch" };

  const made = await bench.objects.trim({ repository, change, key: "deep" }, order);

  expect(change.unpublishable).toEqual([expect.stringMatching(/^A path has 1052 characters.*deep\/x~"\.$/)]);
  expect([made.change.unpublishable, paths(made.change)]).toEqual([[], ["y"]]);
});

test("a submodule that was removed is put back as it was", async () => {
  const outer = makeOrigin(join(directory, "outer"), "echo x > x");
  sh(outer, "git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),lib; git commit -q -m lib");
  const outerBench = await openBench(join(directory, "outer-data"), { url: outer, local: true });
  const { base, worktree } = await begin(outerBench, "outer");
  sh(worktree.directory, "rm -rf lib; echo y > y");
  const change = await captured(outerBench, base, "outer");
  const order = { paths: ["lib"], offered: ["lib"], pack: "outer/t.pack", patch: "outer/t.patch" };

  const made = await outerBench.objects.trim({ repository, change, key: "outer" }, order);

  expect([paths(change), paths(made.change)]).toEqual([["lib", "y"], ["y"]]);
  expect(made.patch?.text).toContain("deleted file mode 160000");
});

test("files are compared with their lines and with where they were", async () => {
  const { base, worktree } = await begin(bench, "compare");
  sh(
    worktree.directory,
    `seq 100 > a.txt; git -c user.name=a -c user.email=a@b commit -qm x --allow-empty
     mv file "$(printf 'new\\nfile')"; cp src/code.ts src/copy.ts; echo more >> src/code.ts; printf 'a\\0' > b.bin
     echo '*.txt binary' > .gitattributes; chmod +x run.sh; head -c 5000000 /dev/zero | tr '\\0' '\\n' > long`,
  );
  const change = await captured(bench, base, "compare");
  const trees = { before: base.tree, after: change.tree };

  const files = await bench.objects.compare({ repository, change, key: "compare" }, trees);

  expect(files.map(({ path, from, lines }) => [path, from, lines])).toEqual([
    [".gitattributes", undefined, { added: 1, removed: 0 }],
    ["a.txt", undefined, { added: 100, removed: 0 }],
    ["b.bin", undefined, null],
    ["file", undefined, { added: 0, removed: 1 }],
    ["long", undefined, null],
    ["new\nfile", "file", { added: 1, removed: 0 }],
    ["run.sh", undefined, { added: 0, removed: 0 }],
    ["src/code.ts", undefined, { added: 1, removed: 0 }],
    ["src/copy.ts", "src/code.ts", { added: 1, removed: 0 }],
  ]);
});
