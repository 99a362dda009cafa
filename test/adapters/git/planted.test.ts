import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { childCpuSeconds } from "../../support/cpu-seconds.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { type Bench, begin, captured, git, makeOrigin, openBench, repository, sh } from "./origin.ts";

const directory = testDirectory();
const canary = join(directory, "canary");
const secret = join(directory, "host-secret");
let bench: Bench;
let bare: Bench;

beforeAll(async () => {
  const origin = makeOrigin(
    directory,
    "echo one > a.txt; echo two > b.txt; mkdir sub; echo three > sub/c.txt",
  );
  bench = await openBench(join(directory, "data"), { url: origin, local: true });
  bare = await openBench(join(directory, "bare"), { url: origin, local: true }, "none");
  sh(directory, `echo top-secret > ${secret}; mkdir outside; echo top-secret > outside/file`);
});

/** Whatever is planted runs this. */
const fire = `sh -c 'echo fired >> ${canary}; cat'`;
const setting = (name: string, value: string) => `git config ${name} "${value.replaceAll('"', '\\"')}"`;
const script = (path: string) =>
  `mkdir -p "$(dirname ${path})"; printf '#!/bin/sh\\n%s\\n' "${fire}" > ${path}; chmod +x ${path}`;

/** Name → what an agent does; after each of them the change must be exactly the one edit of `a.txt`. */
const unseen: [string, string][] = [
  [
    "hooks",
    ["pre-commit", "post-index-change", "post-checkout", "reference-transaction"]
      .map((hook) => script(`.git/hooks/${hook}`))
      .join("; "),
  ],
  [
    "core.hooksPath",
    `${script("../hooks/post-index-change")}; ${setting("core.hooksPath", "../hooks")} || true`,
  ],
  ["core.fsmonitor", setting("core.fsmonitor", fire)],
  [
    "a clean and smudge filter",
    `${setting("filter.x.clean", fire)}; ${setting("filter.x.smudge", fire)}; echo '* filter=x' > .git/info/attributes`,
  ],
  ["a process filter", `${setting("filter.x.process", fire)}; echo '* filter=x' > .git/info/attributes`],
  ["textconv", `${setting("diff.x.textconv", fire)}; echo '* diff=x' > .git/info/attributes`],
  ["an external diff", setting("diff.external", fire)],
  [
    "include.path",
    `printf '[core]\\n\\tfsmonitor = "%s"\\n' "echo fired >> ${canary}" > .git/evil; ${setting("include.path", "evil")}`,
  ],
  [
    "core.pager and editors",
    `${setting("core.pager", fire)}; ${setting("core.editor", fire)}; ${setting("gpg.program", fire)}`,
  ],
  [
    "core.sshCommand and helpers",
    `${setting("core.sshCommand", fire)}; ${setting("credential.helper", `!${fire}`)}; ${setting("core.askPass", fire)}`,
  ],
  ["url.insteadOf", setting("url.http://127.0.0.1:9/.insteadOf", "/")],
  ["an alternate that is a lie", "echo /nonexistent/objects > .git/objects/info/alternates"],
  ["core.worktree", setting("core.worktree", "/etc")],
  ["info/exclude", "echo '*' > .git/info/exclude"],
  ["core.excludesFile", `echo '*' > .git/all; ${setting("core.excludesFile", ".git/all")}`],
  ["assume-unchanged", "git update-index --assume-unchanged a.txt"],
  ["skip-worktree", "git update-index --skip-worktree a.txt"],
  [
    "sparse checkout",
    `${setting("core.sparseCheckout", "true")}; mkdir -p .git/info; echo /b.txt > .git/info/sparse-checkout`,
  ],
  ["an index that says something else", "git rm -q --cached b.txt"],
  [
    "a replaced object",
    "id=$(echo nice | git hash-object -w --stdin); git replace -f $(git rev-parse HEAD:b.txt) $id",
  ],
  [
    "a grafted commit",
    "git -c user.name=x -c user.email=x@y commit -q --allow-empty -m x; git replace --graft HEAD",
  ],
  [".git that is a file", "mv .git ../elsewhere; echo 'gitdir: ../elsewhere' > .git"],
  [".git that is a link", "mv .git ../elsewhere; ln -s ../elsewhere .git"],
  [".git that leads to the mirror", "rm -rf .git; ln -s ../../../mirrors/1001.git .git"],
  [".git that is gone", "rm -rf .git"],
  ["locks", "touch .git/index.lock .git/HEAD.lock .git/config.lock"],
  ["a broken configuration", "echo '[[[' > .git/config"],
  [
    "commits of its own",
    "git -c user.name=x -c user.email=x@y commit -qam mine; git checkout -q -b other; git rm -qr sub --cached",
  ],
  [
    "a FIFO, a socket and a device",
    "mkfifo pipe sub/pipe; python3 -c \"import socket; socket.socket(socket.AF_UNIX).bind('sock')\" || true; mknod null c 1 3 || true",
  ],
  [
    "settings in the home",
    `echo x > ../home/.gitconfig; printf '[core]\\n\\tfsmonitor = "echo fired >> ${canary}"\\n' > ../home/.gitconfig`,
  ],
  [
    "other notes",
    "echo lies > .drafthorse/TASK.md; echo more > .drafthorse/more; ln -s /etc .drafthorse/etc",
  ],
  ["huge files that are ignored", "truncate -s 50G .git/huge; truncate -s 50G .drafthorse/huge"],
];

/** Without a sandbox, so that whatever is run could leave its mark: git's own settings must be enough. */
describe("what an agent plants in its git dir", () => {
  test("would work on one who runs git there", async () => {
    const { worktree } = await begin(bare, "control");
    sh(worktree.directory, `${setting("core.fsmonitor", fire)}; git status 2>&1; rm -rf .git`);

    expect(existsSync(canary)).toBe(true);
    rmSync(canary);
  });

  test.each(unseen)("%s runs nothing and hides nothing", async (name, plant) => {
    const key = `planted-${unseen.findIndex(([other]) => other === name)}`;
    const { base, worktree } = await begin(bare, key);
    sh(worktree.directory, `echo edited > a.txt; ${plant}`);

    const change = await captured(bare, base, key);
    const { directory: proof } = await bare.worktrees.export({ repository, change, key, tree: change.tree });
    const content = await bare.objects.blob({ repository, change, key }, change.files[0]?.after?.id ?? "");

    expect(change.files.map(({ path }) => path)).toEqual(["a.txt"]);
    expect([Buffer.from(content).toString(), change.unpublishable]).toEqual(["edited\n", []]);
    expect(sh(proof, "cat a.txt b.txt sub/c.txt; ls")).toBe("edited\ntwo\nthree\na.txt\nb.txt\nsub");
    await bare.worktrees.close(key);
    expect(existsSync(canary)).toBe(false);
  });
});

describe("what an agent leaves among the files", () => {
  const leave = async (key: string, line: string) => {
    const { base, worktree } = await begin(bench, key);
    sh(worktree.directory, line);
    const began = childCpuSeconds();
    const change = await captured(bench, base, key);
    return { change, base, worktree, cpu: childCpuSeconds() - began };
  };

  test("a filter that its own attributes name is not run", async () => {
    const { change } = await leave(
      "attributes",
      `${setting("filter.x.clean", fire)}; echo '* filter=x' > .gitattributes; echo edited > a.txt`,
    );

    expect(change.files.map(({ path }) => path)).toEqual([".gitattributes", "a.txt"]);
    expect(existsSync(canary)).toBe(false);
  });

  test.each([
    ["an absolute link", `ln -s ${secret} leak`],
    ["a link upwards", "ln -s ../../../host-secret leak"],
    ["a link to a directory outside", "ln -s ../../../outside leak"],
    ["a link that climbs behind a name", "ln -s sub/../../x leak"],
    ["a link into git's own directory", "ln -s .git/config leak"],
  ])("%s is kept as a link, refused, and never followed", async (name, line) => {
    const key = name.replaceAll(" ", "-").replaceAll("'", "");

    const { change } = await leave(key, line);
    const { directory: proof } = await bench.worktrees.export({ repository, change, key, tree: change.tree });

    expect(change.files).toMatchObject([{ path: "leak", after: { mode: "120000" } }]);
    expect(change.unpublishable).toEqual(['"leak" is a link that leads out of the repository.']);
    expect(sh(proof, "find . -type l")).toBe("./leak");
    const content = await bench.objects.blob({ repository, change, key }, change.files[0]?.after?.id ?? "");
    expect(Buffer.from(content).toString()).not.toContain("top-secret");
  });

  test("a directory that became a link to one outside shows as deletions and a link", async () => {
    const { change } = await leave("linked-directory", "rm -r sub; ln -s ../../../outside sub");

    expect(change.files.map(({ path, after }) => [path, after?.mode])).toEqual([
      ["sub", "120000"],
      ["sub/c.txt", undefined],
    ]);
    expect(change.unpublishable).toHaveLength(1);
  });

  test("links inside the tree are no fault", async () => {
    const { change } = await leave("good-links", "ln -s a.txt one; ln -s ../a.txt sub/two; ln -s sub three");

    expect([change.files.length, change.unpublishable]).toEqual([3, []]);
  });

  test.each([
    [
      "with a commit",
      "git init -q lib; cd lib; echo x > x; git add .; git -c user.name=x -c user.email=x@y commit -qm x",
    ],
    ["without a commit", "git init -q lib; echo x > lib/x"],
  ])("a nested repository %s is refused, not lost in silence", async (name, line) => {
    const { change } = await leave(`nested-${name.replaceAll(" ", "-")}`, `echo edited > a.txt; ${line}`);

    expect(change.files.map(({ path }) => path)).toContain("a.txt");
    expect(change.unpublishable.join()).toContain("lib");
  });

  test.each([
    ["a new sparse file of 50 GB", "truncate -s 50G huge", { paths: [], reasons: 1 }],
    ["a known file grown to 50 GB", "truncate -s 50G a.txt", { paths: [], reasons: 1 }],
    [
      "an ignored one of 50 GB",
      "truncate -s 50G huge; echo huge > .gitignore",
      { paths: [".gitignore"], reasons: 0 },
    ],
  ])("%s ends soon", async (name, line, { paths, reasons }) => {
    const { change, cpu } = await leave(name.replaceAll(" ", "-"), line);

    expect(change.files.map(({ path }) => path)).toEqual(paths);
    expect(change.unpublishable).toHaveLength(reasons);
    expect(cpu).toBeLessThan(10);
  });

  test("a known file that became a FIFO ends soon and is named", async () => {
    const { change } = await leave("fifo", "rm a.txt; mkfifo a.txt; echo edited > b.txt");

    expect(change.files.map(({ path }) => path)).toContain("b.txt");
    expect(change.unpublishable.join()).toContain("a.txt");
  });

  test("a name that is no text is refused", async () => {
    const { change } = await leave("bytes", "echo x > \"$(printf 'caf\\351.txt')\"");

    expect(change.unpublishable).toEqual(['The path "caf\ufffd.txt" is not UTF-8.']);
  });

  test("a file that nobody may read is named", async () => {
    const { change } = await leave("unreadable", "echo x > closed; chmod 000 closed; echo edited > a.txt");

    expect(change.files.map(({ path }) => path)).toEqual(["a.txt"]);
    expect(change.unpublishable.join()).toContain("closed");
  });

  test("one that nobody may read is named among thousands of line ends", async () => {
    const { change } = await leave(
      "line-ends",
      `echo '*.crlf text eol=crlf' > .gitattributes; for i in $(seq 2000); do echo x > $i.crlf; done
       echo x > closed; chmod 000 closed`,
    );

    expect([change.files.length, change.unpublishable.join()]).toEqual([
      2001,
      expect.stringContaining("closed"),
    ]);
  });

  test("the mirror is as it was", async () => {
    const mirror = join(bench.directory, "mirrors/1001.git");

    expect(git(mirror, "fsck", "--full", "--strict")).toBe("");
    expect(git(mirror, "for-each-ref").split("\n")).toHaveLength(1);
    expect(readFileSync(join(mirror, "config"), "utf8")).not.toContain("fsmonitor");
  });
});
