import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { openWorktrees } from "../../../src/adapters/git/open-worktrees.ts";
import type { Base, Change } from "../../../src/domain/evidence/change.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { type Bench, begin, captured, git, makeOrigin, openBench, repository, sh } from "./origin.ts";

const directory = testDirectory();
const notes = { ".drafthorse/TASK.md": "the task" };
let here: Bench;
let there: Bench;
let base: Base;
let first: Change;

/** Two machines that share nothing but the artefacts. */
beforeAll(async () => {
  const origin = makeOrigin(
    directory,
    "echo one > keep.txt; echo gone > old.txt; echo x > run.sh; mkdir src; echo a > src/a; ln -s keep.txt link",
  );
  const remote = { url: origin, local: true };
  here = await openBench(join(directory, "here"), remote, "none");
  const { artefacts, sandbox } = here;
  const redact = (text: string) => text;
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const data = join(directory, "there");
  const opened = openWorktrees({
    ...{ directory: data, sandbox, artefacts, redact, log },
    remote: async () => remote,
  });
  there = { ...here, ...opened, directory: data };
  const begun = await begin(here, "leg");
  base = begun.base;
  sh(
    begun.worktree.directory,
    "echo two >> keep.txt; rm old.txt link; chmod +x run.sh; echo new > src/b; printf '\\0' > bin; ln -s src link",
  );
  first = await captured(here, base, "leg");
  await there.worktrees.fetch(repository, "main");
});

test("a leg goes on from what the one before left on another machine", async () => {
  const worktree = await there.worktrees.open({ repository, base, key: "leg", notes, left: first });

  expect(readFileSync(join(worktree.directory, "keep.txt"), "utf8")).toBe("one\ntwo\n");
  expect(existsSync(join(worktree.directory, "old.txt"))).toBe(false);
  expect(
    git(worktree.directory, "status", "--short")
      .split("\n")
      .map((line) => line.slice(3)),
  ).toEqual(expect.arrayContaining(["keep.txt", "old.txt", "run.sh", "link", "bin", "src/b"]));
  expect((await captured(there, base, "leg")).tree).toBe(first.tree);
});

test("a worktree is left as it is where nobody else has worked", async () => {
  const order = { repository, base, key: "leg", notes, left: first };
  const { directory: work } = await here.worktrees.open(order);
  sh(work, "echo begun > src/half");

  await here.worktrees.open(order);

  expect(existsSync(join(work, "src/half"))).toBe(true);
});

test("a worktree of a leg that another machine has done since is made anew", async () => {
  const { directory: work } = await there.worktrees.open({
    repository,
    base,
    key: "leg",
    notes,
    left: first,
  });
  sh(work, "echo three >> keep.txt");
  const pack = "leg/second.pack";
  const second = await there.worktrees.capture({ repository, base, key: "leg", pack });
  sh(join(here.directory, "attempts/leg/work"), "echo mine > src/mine");
  // The same step was done here too, and another worker's result is the one that counts.
  await here.worktrees.capture({ repository, base, key: "leg", pack });
  await there.worktrees.capture({ repository, base, key: "leg", pack });

  const again = await here.worktrees.open({ repository, base, key: "leg", notes, left: second });
  const at = { repository, change: second, key: "leg" };
  const exported = await here.worktrees.export({ ...at, tree: second.tree });

  expect(readFileSync(join(again.directory, "keep.txt"), "utf8")).toBe("one\ntwo\nthree\n");
  expect(existsSync(join(again.directory, "src/mine"))).toBe(false);
  expect(readFileSync(join(exported.directory, "keep.txt"), "utf8")).toBe("one\ntwo\nthree\n");
});
