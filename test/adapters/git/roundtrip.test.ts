import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { testDirectory } from "../../support/test-directory.ts";
import { type Bench, begin, captured, git, makeOrigin, openBench, repository, sh } from "./origin.ts";

const directory = testDirectory();
let bench: Bench;
let origin: string;

beforeAll(async () => {
  origin = makeOrigin(
    directory,
    `echo keep > keep.txt; echo old > old.txt; mkdir -p src; echo code > src/code.ts; echo ignored.log > .gitignore
     printf 'a\\r\\nb\\r\\n' > crlf.txt; echo '#!/bin/sh' > run.sh; ln -s keep.txt link`,
  );
  bench = await openBench(join(directory, "data"), { url: origin, local: true });
});

describe("a worktree", () => {
  test("has the files of the base, a clean status, no remote, and the notes unseen", async () => {
    const { worktree } = await begin(bench, "attempt-status");
    const lines = "git status --porcelain; git remote; git log --format=%s; cat .drafthorse/TASK.md; ls";
    const command = {
      argv: ["sh", "-c", lines],
      directory: worktree.directory,
      writable: [worktree.directory, worktree.home],
      readable: worktree.readable,
      environment: { HOME: worktree.home },
      network: "none" as const,
    };
    const bounds = { totalMs: 10_000, silenceMs: 10_000 };

    const exit = await bench.sandbox.run(
      { command, bounds, log: join(directory, "status.log") },
      new AbortController().signal,
    );

    expect(exit.log.head).toBe("one\nthe taskcrlf.txt\nkeep.txt\nlink\nold.txt\nrun.sh\nsrc\n");
  });

  test("is found again as it was left", async () => {
    const first = await begin(bench, "attempt-again");
    sh(first.worktree.directory, "echo mine > mine.txt; rm .drafthorse/TASK.md");

    const second = await begin(bench, "attempt-again");

    expect(second.worktree).toEqual(first.worktree);
    expect(readFileSync(join(second.worktree.directory, "mine.txt"), "utf8")).toBe("mine\n");
  });

  test("that was only half made is made anew", async () => {
    const { worktree } = await begin(bench, "attempt-half");
    sh(worktree.directory, "rm ../made.json; rm -rf src; echo junk > junk");

    await begin(bench, "attempt-half");

    expect(readdirSync(worktree.directory).toSorted()).toEqual(
      [
        ".drafthorse",
        ".git",
        ".gitignore",
        "crlf.txt",
        "keep.txt",
        "link",
        "old.txt",
        "run.sh",
        "src",
      ].toSorted(),
    );
  });

  test.each(["../evil", "a/b", "", ".", "-rf", "a\nb"])("is refused for the key %j", async (key) => {
    await expect(begin(bench, key)).rejects.toMatchObject({ kind: "bug" });
  });

  test.each(["../out", ".git/config", "/abs", "a//b", "a/../../b"])(
    "is refused for a note at %s",
    async (path) => {
      const { base } = await begin(bench, "attempt-note");
      const order = { repository, base, key: `note-${path.length}`, notes: { [path]: "x" } };

      await expect(bench.worktrees.open(order)).rejects.toMatchObject({ kind: "bug" });
    },
  );
});

describe("a change", () => {
  const edits = `
    echo more >> keep.txt; rm old.txt; chmod +x run.sh; mkdir -p 'deep/er dir'; echo x > 'deep/er dir/a b'
    printf '\\377\\376\\000bin' > bin.dat; printf 'caf\\351' > latin1.txt; rm link; ln -s src link
    echo x > "$(printf 'new\\nline')"; echo x > 'ünïcode 😀'; echo x > ./--output=x; echo x > '$(id)'; echo x > ignored.log
    printf 'a\\r\\nb\\r\\nc\\r\\n' > crlf.txt; mkdir empty; echo x > ':(top)x'`;

  test("is what git itself would have committed, file by file", async () => {
    const { base, worktree } = await begin(bench, "attempt-edit");
    sh(worktree.directory, edits);
    const clone = join(directory, "clone");
    git(directory, "clone", "--quiet", origin, clone);
    sh(clone, `${edits}\ngit add -A`);

    const change = await captured(bench, base, "attempt-edit");

    expect(change.tree).toBe(git(clone, "write-tree"));
    expect(change.unpublishable).toEqual([]);
    expect(change.files.map(({ path }) => path).toSorted()).toEqual(
      [
        "$(id)",
        "--output=x",
        ":(top)x",
        "bin.dat",
        "crlf.txt",
        "deep/er dir/a b",
        "keep.txt",
        "latin1.txt",
        "link",
        "new\nline",
        "old.txt",
        "run.sh",
        "ünïcode 😀",
      ].toSorted(),
    );
    const of = (path: string) => change.files.find((file) => file.path === path);
    expect(of("old.txt")?.after).toBeNull();
    expect(of("bin.dat")).toMatchObject({ before: null, after: { mode: "100644", bytes: 6 } });
    expect([of("run.sh")?.before?.mode, of("run.sh")?.after?.mode]).toEqual(["100644", "100755"]);
    expect(of("link")?.after?.mode).toBe("120000");
  });

  test("is exported as clean directories, of its own tree and of the base's", async () => {
    const { base } = await begin(bench, "attempt-edit");
    const change = await captured(bench, base, "attempt-edit");

    const exported = await Promise.all(
      [change.tree, base.tree].map((tree) =>
        bench.worktrees.export({ repository, change, key: "attempt-edit", tree }),
      ),
    );
    const [after, before] = exported.map(({ directory }) => directory);

    expect(sh(after ?? "", "cat keep.txt; cat latin1.txt | od -An -tx1 | tr -d ' '")).toBe(
      "keep\nmore\n636166e9",
    );
    expect(readlinkSync(join(after ?? "", "link"))).toBe("src");
    expect(lstatSync(join(after ?? "", "run.sh")).mode & 0o111).not.toBe(0);
    expect(existsSync(join(after ?? "", "ignored.log"))).toBe(false);
    expect(existsSync(join(after ?? "", ".drafthorse"))).toBe(false);
    expect(sh(before ?? "", "cat keep.txt old.txt")).toBe("keep\nold");

    const order = { repository, change, key: "attempt-edit", tree: change.tree, elsewhere: true };
    const { directory } = await bench.worktrees.export(order);
    expect(sh(directory, "cat keep.txt")).toBe("keep\nmore");
    expect(relative(bench.directory, directory)).toBe("elsewhere/attempt-edit/proof-1/checkout");
    expect(sh(directory, "git status --porcelain")).toBe("");
  });

  test("is read from its objects, also after a restart that lost its repository", async () => {
    const { base } = await begin(bench, "attempt-edit");
    const change = await captured(bench, base, "attempt-edit");
    rmSync(join(bench.directory, "attempts/attempt-edit"), { recursive: true });
    rmSync(join(bench.directory, "mirrors"), { recursive: true });
    const restarted = await openBench(bench.directory, { url: origin, local: true });
    const at = { repository, change, key: "attempt-edit" };
    const binary = change.files.find(({ path }) => path === "bin.dat")?.after?.id ?? "";

    const content = await restarted.objects.blob(at, binary);
    const files = await restarted.objects.compare(at, { before: base.tree, after: change.tree });

    expect(Buffer.from(content).toString("hex")).toBe("fffe0062696e");
    expect(files.map(({ lines: _, ...file }) => file)).toEqual(change.files);
    expect(files.find(({ path }) => path === "keep.txt")?.lines).toEqual({ added: 1, removed: 0 });
  });

  test("of nothing is the tree of the base", async () => {
    const { base } = await begin(bench, "attempt-nothing");

    const change = await captured(bench, base, "attempt-nothing");

    expect(change).toMatchObject({ tree: base.tree, files: [], unpublishable: [] });
    expect((await bench.artefacts.read(change.pack))?.length).toBeGreaterThan(0);
  });

  test("of everything removed is the empty tree", async () => {
    const { base, worktree } = await begin(bench, "attempt-empty");
    sh(worktree.directory, "rm -rf * .gitignore .drafthorse .git");

    const change = await captured(bench, base, "attempt-empty");

    expect(change.tree).toBe("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  });

  test("can be captured again after more work", async () => {
    const { base, worktree } = await begin(bench, "attempt-twice");
    sh(worktree.directory, "echo one > a.txt");
    const first = await captured(bench, base, "attempt-twice");
    sh(worktree.directory, "echo two > a.txt");

    const second = await captured(bench, base, "attempt-twice");

    expect(second.tree).not.toBe(first.tree);
  });
});

describe("a repository with its own ideas", () => {
  test("of line ends shows no change that nobody made, and each that somebody did", async () => {
    const odd = makeOrigin(
      join(directory, "odd"),
      "printf 'a\\r\\nb\\r\\n' | tee x.txt y.txt 'odd \"name\".txt' > z.txt",
    );
    sh(odd, "echo '*.txt text' > .gitattributes; git add .gitattributes; git commit -q -m attributes");
    const oddBench = await openBench(join(directory, "odd-data"), { url: odd, local: true });
    const { base, worktree } = await begin(oddBench, "odd");
    sh(worktree.directory, "touch x.txt; printf 'a\\r\\nc\\r\\n' > z.txt; chmod +x y.txt");

    const change = await captured(oddBench, base, "odd");

    const of = (path: string) => change.files.find((file) => file.path === path);
    expect(change.files.map(({ path }) => path)).toEqual(["y.txt", "z.txt"]);
    expect([of("y.txt")?.after?.id, of("y.txt")?.after?.mode]).toEqual([of("y.txt")?.before?.id, "100755"]);
  });

  test("that ignores our notes itself is captured all the same", async () => {
    const shy = makeOrigin(
      join(directory, "shy"),
      "echo .drafthorse > .gitignore; echo big.bin >> .gitignore",
    );
    const shyBench = await openBench(join(directory, "shy-data"), { url: shy, local: true });
    const { base, worktree } = await begin(shyBench, "shy");
    sh(worktree.directory, "echo y > y; truncate -s 41M big.bin");

    const change = await captured(shyBench, base, "shy");

    expect([change.files.map(({ path }) => path), change.unpublishable]).toEqual([["y"], []]);
  });

  test("with a submodule keeps it as it is", async () => {
    const outer = makeOrigin(join(directory, "outer"), "echo x > x");
    const commit = git(outer, "rev-parse", "HEAD");
    sh(outer, `git update-index --add --cacheinfo 160000,${commit},lib; git commit -q -m lib`);
    const outerBench = await openBench(join(directory, "outer-data"), { url: outer, local: true });
    const { base, worktree } = await begin(outerBench, "outer");
    sh(worktree.directory, "echo y > y");

    const change = await captured(outerBench, base, "outer");
    await outerBench.worktrees.export({ repository, change, key: "outer", tree: change.tree });

    expect([change.files.map(({ path }) => path), change.unpublishable]).toEqual([["y"], []]);
  });
});

describe("the end of an attempt", () => {
  test("leaves nothing but artefacts, whatever the agent did to its directories", async () => {
    const { base, worktree } = await begin(bench, "attempt-close");
    sh(
      worktree.directory,
      "mkdir -p locked/in; echo x > locked/in/file; chmod 000 locked/in; chmod 500 locked",
    );
    const change = await captured(bench, base, "attempt-close");

    await bench.worktrees.close("attempt-close");
    await bench.worktrees.close("attempt-close");

    expect(existsSync(join(bench.directory, "attempts/attempt-close"))).toBe(false);
    expect(await bench.artefacts.read(change.pack)).toBeDefined();
  });
});

test("the files of a tree are listed with their ids, as far as they are wanted", async () => {
  const key = "attempt-list";
  const { base, worktree } = await begin(bench, key);
  sh(worktree.directory, "echo more > src/more.ts");
  const change = await captured(bench, base, key);
  const at = { repository, change, key };

  const listed = await bench.objects.list(at, change.tree, (path) => path.startsWith("src/"));

  expect(listed.map(({ path }) => path)).toEqual(["src/code.ts", "src/more.ts"]);
  expect(Buffer.from(await bench.objects.blob(at, listed[0]?.id ?? "")).toString()).toBe("code\n");
});

test("the texts of a change come in order, and undefined where there is no text to be read", async () => {
  const key = "attempt-texts";
  const { base, worktree } = await begin(bench, key);
  sh(
    worktree.directory,
    "echo more >> keep.txt; rm old.txt link; ln -s src link; cp keep.txt copy; : > empty",
  );
  sh(
    worktree.directory,
    "printf 'a\\000b' > zero; printf '\\377' > latin; head -c 5000000 /dev/zero | tr '\\0' a > long",
  );
  const change = await captured(bench, base, key);
  const texts: unknown[] = [];

  for await (const { file, before, after } of bench.objects.texts({ repository, change, key }, change.files))
    texts.push([file.path, before, after]);

  expect(texts).toEqual([
    ["copy", undefined, "keep\nmore\n"],
    ["empty", undefined, ""],
    ["keep.txt", "keep\n", "keep\nmore\n"],
    ["latin", undefined, undefined],
    ["link", undefined, undefined],
    ["long", undefined, undefined],
    ["old.txt", "old\n", undefined],
    ["zero", undefined, undefined],
  ]);
});

describe("a composed tree", () => {
  test("is the base with only the named paths of the change, whatever they are", async () => {
    const key = "attempt-compose";
    const { base, worktree } = await begin(bench, key);
    sh(
      worktree.directory,
      `echo more >> keep.txt; rm old.txt link; mkdir link; echo in > link/in; echo t > src/a.test.ts; chmod +x run.sh
       printf x > "$(printf 'odd\\377.test')"; rm crlf.txt`,
    );
    const change = await captured(bench, base, key);
    const at = { repository, change, key };
    const paths = ["src/a.test.ts", "crlf.txt", "link", "link/in", "run.sh", "odd\ufffd.test", "no/such"];

    const tree = await bench.objects.compose(at, { before: base.tree, after: change.tree, paths });

    const left = await bench.objects.compare(at, { before: tree, after: change.tree });
    const { directory } = await bench.worktrees.export({ repository, change, key, tree });
    expect(left.map(({ path }) => path)).toEqual(["keep.txt", "old.txt"]);
    expect(readFileSync(join(directory, "src/a.test.ts"), "utf8")).toBe("t\n");
    expect(readFileSync(join(directory, "keep.txt"), "utf8")).toBe("keep\n");
    expect(await bench.objects.compose(at, { before: base.tree, after: change.tree, paths: [] })).toBe(
      base.tree,
    );
  });
});

describe("an edited tree", () => {
  test("differs from the tree in the texts of the named files alone, and their modes stay", async () => {
    const key = "attempt-edit";
    const { base, worktree } = await begin(bench, key);
    sh(worktree.directory, `echo t > src/a.test.ts; chmod +x run.sh; echo o > 'o d*.ts'`);
    const change = await captured(bench, base, key);
    const at = { repository, change, key };
    const texts = new Map([
      ["src/a.test.ts", "broken\r\n"],
      ["run.sh", "broken"],
      ["o d*.ts", ""],
    ]);

    const tree = await bench.objects.edit(at, { tree: change.tree, texts });

    const left = await bench.objects.compare(at, { before: change.tree, after: tree });
    expect(left.map(({ path, after }) => `${path} ${after?.mode}`)).toEqual([
      "o d*.ts 100644",
      "run.sh 100755",
      "src/a.test.ts 100644",
    ]);
    const { directory } = await bench.worktrees.export({ repository, change, key, tree });
    expect(readFileSync(join(directory, "src/a.test.ts"), "utf8")).toBe("broken\r\n");
    await expect(bench.objects.edit(at, { tree, texts: new Map([["link", "x"]]) })).rejects.toMatchObject({
      kind: "bug",
    });
  });
});
