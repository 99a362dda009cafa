import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Base, Change, ObjectId } from "../../../src/domain/evidence/change.ts";
import type { CleanCheckout } from "../../../src/ports/workshop.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { runIn, shell } from "../sandbox/confined.ts";
import { type Bench, begin, captured, git, makeOrigin, openBench, repository, sh } from "./origin.ts";

const directory = testDirectory();
const key = "attempt";
const at = {} as { bench: Bench; base: Base; change: Change };

beforeAll(async () => {
  const origin = makeOrigin(directory, "mkdir src; echo one > src/a; echo '*.log' > .gitignore");
  git(origin, "tag", "--annotate", "--message=first", "v1.0.0");
  sh(
    origin,
    "echo two > src/b; git add -A; git commit -qm two; git branch release/1.x; git tag v1.1.0-rc.1 HEAD~1",
  );
  at.bench = await openBench(join(directory, "data"), { url: origin, local: true });
  const { base, worktree } = await begin(at.bench, key);
  sh(worktree.directory, "echo three > src/c; rm src/a");
  at.base = base;
  at.change = await captured(at.bench, base, key);
});

const exported = (tree: ObjectId): Promise<CleanCheckout> =>
  at.bench.worktrees.export({ repository, change: at.change, key, tree });

/** Runs a line in a clean checkout as a validation command is run, and resolves to what it wrote. */
async function ask({ directory: place, readable }: CleanCheckout, line: string): Promise<string> {
  const order = shell(line, { directory: place, writable: [place], readable });
  const { log } = await runIn(at.bench.sandbox, order, { directory });
  return log.head.trimEnd();
}

describe("git in a clean checkout", () => {
  test("has the measured tree at HEAD, on the history of the base", async () => {
    const checkout = await exported(at.change.tree);

    expect(await ask(checkout, "git rev-parse HEAD^{tree} HEAD~1")).toBe(
      `${at.change.tree}\n${at.base.commit}`,
    );
    expect(await ask(checkout, "git log --format=%s")).toBe("The change that is measured\ntwo\none");
    expect(await ask(checkout, "git status --porcelain; git stash list; git remote; git branch -r")).toBe(
      "  origin/main",
    );
  });

  test("is the base itself for the base's tree", async () => {
    const checkout = await exported(at.base.tree);

    expect(await ask(checkout, "git rev-parse HEAD main origin/main; git status --porcelain")).toBe(
      Array(3).fill(at.base.commit).join("\n"),
    );
  });

  test("answers what version tools and runners of what changed ask", async () => {
    const checkout = await exported(at.change.tree);

    expect(await ask(checkout, "git describe --tags --match 'v1.0*'")).toMatch(/^v1\.0\.0-2-g[0-9a-f]+$/);
    expect(await ask(checkout, "git diff --name-status main...HEAD; git diff --name-only HEAD~1")).toBe(
      "D\tsrc/a\nA\tsrc/c\nsrc/a\nsrc/c",
    );
    expect(await ask(checkout, "git ls-files; git merge-base origin/main HEAD; git tag")).toBe(
      `.gitignore\nsrc/b\nsrc/c\n${at.base.commit}\nv1.0.0\nv1.1.0-rc.1`,
    );
  });

  test("lets a command commit and tag of its own, which nobody else sees", async () => {
    const checkout = await exported(at.change.tree);
    const who = "-c user.name=a -c user.email=a@b.test";

    expect(
      await ask(checkout, `echo x > x; git add x; git ${who} commit -qm x && git tag mine && git tag`),
    ).toBe("mine\nv1.0.0\nv1.1.0-rc.1");
    expect(await ask(await exported(at.change.tree), "git tag; ls")).toBe("v1.0.0\nv1.1.0-rc.1\nsrc");
  });

  test("is the same commit whenever it is made", async () => {
    const [one, two] = await Promise.all([exported(at.change.tree), exported(at.change.tree)]);

    expect(await ask(one, "git rev-parse HEAD")).toBe(await ask(two, "git rev-parse HEAD"));
  });

  test("has no settings but git's own, and cannot write what it borrows", async () => {
    const checkout = await exported(at.change.tree);

    expect(await ask(checkout, "git config --local --name-only --list; ls .git/hooks 2>&1 | wc -l")).toBe(
      [
        ...["core.repositoryformatversion", "core.filemode", "core.bare", "core.logallrefupdates"],
        ...["core.checkstat", "1"],
      ].join("\n"),
    );
    const borrowed = checkout.readable.map((path) => `touch ${path}/mine 2>/dev/null && echo written`);
    expect(await ask(checkout, borrowed.join(";"))).toBe("");
  });
});
