import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { testDirectory } from "../../support/test-directory.ts";
import { type Bench, begin, captured, git, makeOrigin, openBench, repository, sh } from "./origin.ts";

const directory = testDirectory();
let bench: Bench;
let origin: string;

beforeAll(async () => {
  origin = makeOrigin(
    directory,
    "seq 9 > a.txt; echo b > b.txt; mkdir d; echo c > d/c.txt; echo gone > e.txt",
  );
  bench = await openBench(join(directory, "data"), { url: origin, local: true });
});

/** What an agent did by one shell line, merged with what people pushed to `main` meanwhile by another. */
async function merged(key: string, { agent, people }: { agent: string; people: string }) {
  const { base, worktree } = await begin(bench, key);
  sh(worktree.directory, agent);
  const change = await captured(bench, base, key);
  sh(origin, `${people}\ngit add -A; git commit -qm ${key}`);
  const onto = await bench.worktrees.fetch(repository, "main");
  if (onto === "missing") throw new Error("main is missing");
  const at = { repository, change, key };
  return { at, onto, tried: await bench.objects.merge(at, { onto }) };
}

describe("a change beside a base that moved", () => {
  test("merges in memory, and is then a change of the new base with git's very tree", async () => {
    const { at, onto, tried } = await merged("clean", {
      agent: "sed -i s/9/nine/ a.txt; chmod +x b.txt; ln -s a.txt link; rm e.txt",
      people: "sed -i s/1/one/ a.txt; echo new > new.txt",
    });
    const { conflicts, change } = await bench.objects.merge(at, { onto, pack: "clean/rebased.pack" });

    expect([tried, conflicts]).toEqual([{ conflicts: [] }, []]);
    expect(change).toMatchObject({ base: onto, pack: "clean/rebased.pack", unpublishable: [] });
    const clone = join(directory, "clone");
    git(directory, "clone", "--quiet", origin, clone);
    sh(clone, "sed -i s/9/nine/ a.txt; chmod +x b.txt; ln -s a.txt link; rm e.txt; git add -A");
    expect(change?.tree).toBe(git(clone, "write-tree"));
    expect(change?.files.map(({ path }) => path)).toEqual(["a.txt", "b.txt", "e.txt", "link"]);
    // Its objects are all there, also for a worker that has nothing but the pack.
    if (!change) throw new Error("nothing was merged");
    await bench.worktrees.close("clean");
    const made = await bench.worktrees.export({ repository, change, key: "clean", tree: change.tree });
    expect(sh(made.directory, "cat a.txt | tr '\\n' ' '")).toBe("one 2 3 4 5 6 7 8 nine");
  });

  test.each([
    ["the same lines", "echo x > b.txt", "echo y > b.txt", ["b.txt"]],
    ["an edit of what is gone", "echo x >> d/c.txt", "git rm -q d/c.txt", ["d/c.txt"]],
    ["two files of one name", "echo x > 'two words'", "echo y > 'two words'", ["two words"]],
  ])("is named where they contradict each other: %s", async (name, agent, people, conflicts) => {
    const key = name.replaceAll(" ", "-");
    const { at, onto, tried } = await merged(key, { agent, people });

    expect(tried).toEqual({ conflicts });
    expect(await bench.objects.merge(at, { onto, pack: `${key}/rebased.pack` })).toEqual({ conflicts });
    expect(await bench.artefacts.read(`${key}/rebased.pack`)).toBeUndefined();
  });

  test("is compared with a base whose history was replaced", async () => {
    const { tried } = await merged("replaced", {
      agent: "echo x > z.txt",
      people: "git checkout -q --orphan fresh; git branch -D main -q; git branch -m main; echo other > a.txt",
    });

    expect(tried.conflicts).toContain("a.txt");
  });
});
