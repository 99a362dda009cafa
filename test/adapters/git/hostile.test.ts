import { chmodSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { testDirectory } from "../../support/test-directory.ts";
import { type Bench, begin, captured, makeOrigin, openBench, sh } from "./origin.ts";

const directory = testDirectory();
const at = {} as { bench: Bench; bare: Bench };

beforeAll(async () => {
  const origin = makeOrigin(directory, "echo one > a.txt; echo two > b.txt");
  const remote = { url: origin, local: true as const };
  at.bench = await openBench(join(directory, "data"), remote);
  at.bare = await openBench(join(directory, "bare"), remote, "none");
});

/** Goes down very many directories and does there what the line says. */
const deep = (line: string) =>
  `${process.execPath} -e 'const fs = require("fs"); for (let n = 0; n < 4000; n++) { fs.mkdirSync("d"); process.chdir("d"); } ${line}'`;

/** Of each: what an agent leaves beside one good edit, and what is said of it; the good edit is there all the same. */
const left: [what: string, line: string, said: RegExp, paths: string[]][] = [
  [
    "a file at the end of 4,000 directories",
    deep('fs.writeFileSync("f", "x")'),
    /could not open directory/,
    ["a.txt"],
  ],
  [
    "a huge file at the end of 4,000 directories",
    deep('fs.ftruncateSync(fs.openSync("f", "w"), 50 * 2 ** 30)'),
    /has 53687091200 bytes/,
    ["a.txt"],
  ],
  [
    "a name that is .git to some systems",
    "mkdir .g\u200cit; echo x > .g\u200cit/config",
    /invalid path/,
    ["a.txt"],
  ],
  ["a name that is .git to others", "mkdir git~1 .GIT; echo x > git~1/config", /invalid path/, ["a.txt"]],
  [
    "a submodule's address that is an option",
    `printf '[submodule "x"]\\n\\tpath = x\\n\\turl = -u./evil\\n' > .gitmodules`,
    /^git itself refuses what is in it: .*gitmodulesUrl/,
    [".gitmodules", "a.txt"],
  ],
  [
    "attributes with a line that nobody can parse",
    "head -c 4000 /dev/zero | tr '\\0' a > .gitattributes",
    /^git itself refuses what is in it: .*gitattributes/,
    [".gitattributes", "a.txt"],
  ],
  [
    "small files that are very large together",
    "for i in $(seq 30); do truncate -s 38M zeros.$i; done",
    /^The changed files have 11\d{8} bytes together/,
    ["a.txt", ...Array.from({ length: 30 }, (_, index) => `zeros.${index + 1}`)],
  ],
  ["more files than anybody can look at", "seq 20001 | xargs touch", /^The change has 20002 files/, []],
];

describe("what an agent leaves", () => {
  test.each(left)("%s is named, and what is good beside it is kept", async (what, line, said, paths) => {
    const key = `left-${left.findIndex(([other]) => other === what)}`;
    const { base, worktree } = await begin(at.bench, key);
    sh(worktree.directory, `echo edited > a.txt; ${line}`);

    const change = await captured(at.bench, base, key);

    expect(change.files.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
    expect(change.unpublishable).toContainEqual(expect.stringMatching(said));
    expect(change.tree).not.toBe(base.tree);
    expect(await at.bench.artefacts.read(change.pack)).toBeDefined();
    await at.bench.worktrees.close(key);
  });

  test("a worktree that it closed to everybody is read all the same", async () => {
    const { base, worktree } = await begin(at.bench, "closed");
    sh(worktree.directory, "echo edited > a.txt");
    chmodSync(worktree.directory, 0);

    const change = await captured(at.bench, base, "closed");

    expect([change.files.map(({ path }) => path), change.unpublishable]).toEqual([["a.txt"], []]);
  });

  test("a link in the worktree's own place, as can be made without a sandbox, is not followed", async () => {
    const { base, worktree } = await begin(at.bare, "replaced");
    sh(directory, "mkdir -p elsewhere; echo secret > elsewhere/key");
    renameSync(worktree.directory, `${worktree.directory}.away`);
    symlinkSync(join(directory, "elsewhere"), worktree.directory);

    await expect(captured(at.bare, base, "replaced")).rejects.toThrow("is no directory any more");
  });
});
