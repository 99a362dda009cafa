import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { openMirrors } from "../../../src/adapters/git/open-mirrors.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { git, makeOrigin, repository } from "./origin.ts";

const directory = testDirectory();
let url: string;

beforeAll(() => {
  url = makeOrigin(directory, "echo one > a.txt");
});

/** Mirrors of the origin, with the base that the first fetch found. */
async function fetched(name: string) {
  const place = join(directory, name);
  const mirrors = openMirrors({
    directory: place,
    remote: async () => ({ url, local: true }),
    retrying: () => undefined,
  });
  const base = await mirrors.fetch(repository, "main");
  if (base === "missing") throw new Error("there is no main");
  return { mirrors, base, gitDir: join(place, "mirrors/1001.git") };
}

/** How many programs are run meanwhile. */
async function startsOf(act: () => Promise<unknown>): Promise<number> {
  let starts = 0;
  const count = (): void => {
    starts += 1;
  };
  subscribe("drafthorse.program", count);
  await act();
  unsubscribe("drafthorse.program", count);
  return starts;
}

test("git is asked once whether a mirror has a base", async () => {
  const { mirrors, base } = await fetched("asked");
  const ask = () => mirrors.objects(repository, base);

  expect([await startsOf(ask), await startsOf(ask), await startsOf(ask)]).toEqual([1, 0, 0]);
});

test.each([
  ["the mirror", "."],
  ["its objects", "objects"],
])("what took %s away since is noticed", async (_, gone) => {
  const { mirrors, base, gitDir } = await fetched(`lost-${gone.length}`);
  await mirrors.objects(repository, base);
  rmSync(join(gitDir, gone), { recursive: true });

  const objects = await mirrors.objects(repository, base);

  expect(git(objects, "--git-dir=..", "cat-file", "-t", base.tree)).toBe("tree");
});
