import { existsSync, readdirSync, readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { unchanged } from "../../../src/domain/evidence/change.ts";
import type { Setup } from "../../../src/domain/rules/repository-file.ts";
import { guessSettings } from "../../../src/policy/guess-settings.ts";
import { testDirectory } from "../../support/test-directory.ts";
import {
  change,
  furnishedCheckout,
  furnishedWorktree,
  openScene,
  prepare,
  ready,
  runAt,
  type Scene,
  sh,
} from "./scene.ts";

const directory = testDirectory();
const manifest = '{"name":"x","version":"1.0.0","dependencies":{"left-pad":"1.0.0"}}';
const files = `printf '%s' '${manifest}' > package.json; mkdir -p src; echo code > src/a.js; echo '*.log' > .gitignore`;
const at = {} as { scene: Scene };

beforeAll(async () => {
  at.scene = await openScene(join(directory, "main"), { files });
});
afterAll(() => at.scene.registry.close());

const runs = (scene: Scene) => readdirSync(join(scene.data, "setups/1001")).length;

describe("set-up", () => {
  test("installs from the hosts that are named, and what it made is there for the agent and for validation", async () => {
    const { scene } = at;
    const env = { npm_config_registry: `http://${scene.host}/`, npm_config_audit: "false" };
    const setup = { run: "npm install --no-fund", hosts: [scene.host], env };
    const line = "node -p 'require(\"left-pad\")'; ls -A; git status --porcelain 2>/dev/null";

    const worktree = await furnishedWorktree(scene, { setup });
    const seen = await runAt(scene, worktree, line);
    const asked = scene.registry.seen.length;
    const checkout = await furnishedCheckout(scene, { setup, key: "attempt-2" });
    const again = await runAt(scene, checkout, line);

    expect(seen.log.head).toBe(
      "padded\n.git\n.gitignore\nnode_modules\npackage-lock.json\npackage.json\nsrc\n",
    );
    expect(again.log.head).toBe(
      "padded\n.git\n.gitignore\nnode_modules\npackage-lock.json\npackage.json\nsrc\n",
    );
    expect([asked > 0, scene.registry.seen.length]).toEqual([true, asked]);
    expect(Buffer.from((await scene.artefacts.read("attempt-1/set-up.log")) ?? "").toString()).toMatch(
      /added 1 package/,
    );
    expect((await change(scene)).files).toEqual([]);
  });

  test("installs from the registry that this machine is configured for, where the rules name no host", async () => {
    const { scene } = at;
    const run = 'curl -sS -f "$npm_config_registry"left-pad >/dev/null && echo well > well';

    const made = await prepare(scene, { setup: { run }, key: "configured" });

    expect(made).toMatchObject({ kind: "ready", exclude: ["well"] });
  });

  test.each([
    ["pnpm@9.1.0", "", "pnpm 9.1.0"],
    ["yarn@1.22.22", "", "yarn 1.22.22"],
    ["yarn@4.5.0+sha224.abc", "", "yarn 4.5.0"],
    ["yarn@1.22.22", "# yarn lockfile v1\n", "yarn 1.22.22"],
  ])("brings the pinned %s, which the validation finds", async (packageManager, lock, said) => {
    const { scene } = at;
    const manifests = {
      "package.json": JSON.stringify({ packageManager }),
      ...(lock && { "yarn.lock": lock }),
    };
    const guessed = guessSettings((path) => Object.entries(manifests).find(([name]) => name === path)?.[1]);
    const setup: Setup = { run: guessed.setup?.setup.run ?? "false", hosts: [scene.host] };

    const checkout = await furnishedCheckout(scene, {
      setup,
      key: `pin-${said}${lock.length}`.replace(" ", "-"),
    });
    const seen = await runAt(scene, checkout, `${said.split(" ")[0]} test`);

    expect(seen.log.head).toBe(`${said} test\n`);
  });

  test("and the validation know the registries of scopes that the machine's user has", async () => {
    const { scene } = at;
    const setup = { run: "npm config get @acme:registry >seen.txt" };
    const checkout = await furnishedCheckout(scene, { setup, key: "scopes" });
    const seen = await runAt(scene, checkout, "cat seen.txt; npm config get @acme:registry");

    expect(seen.log.head).toBe("https://npm.acme.test/\n".repeat(2));
  });

  test("has no way out to a host that is not named", async () => {
    const { scene } = at;
    const setup = { run: `curl -sS -f -m 5 http://elsewhere.test/left-pad`, hosts: ["other.test"] };

    await expect(prepare(scene, { setup })).rejects.toMatchObject({
      kind: "setup",
      message: expect.stringMatching(
        /curl .* ended with exit code 22.*elsewhere\.test\S* was refused: it is not among/s,
      ),
    });
  });

  test("that fails is the repository's failure, with the end of its output", async () => {
    const setup = { run: "seq 100; echo the registry said no; exit 3" };

    const failed = prepare(at.scene, { setup });

    await expect(failed).rejects.toMatchObject({
      kind: "setup",
      message: expect.stringMatching(
        /exit code 3\. The end of its output:\n8\d\n(?:.*\n)*100\nthe registry said no/,
      ),
    });
  });

  test("that is cancelled is no failure", async () => {
    const prepared = await prepare(at.scene, { setup: { run: "sleep 30" }, signal: AbortSignal.abort() });

    expect(prepared).toMatchObject({ kind: "red", exit: { endedBy: "cancel" } });
  });

  test("runs again where command, environment, hosts or a manifest differ, and nowhere else", async () => {
    const scene = await openScene(join(directory, "keys"), { files });
    const run = "echo made > made.txt";
    const count = async (wish: Parameters<typeof prepare>[1]) => {
      await prepare(scene, wish);
      return runs(scene);
    };

    const counts = [
      await count({ setup: { run } }),
      await count({ setup: { run }, key: "attempt-2" }),
      await count({ setup: { run: `${run} # other` } }),
      await count({ setup: { run, env: { A: "1" } } }),
      await count({ setup: { run, hosts: ["a.test"] } }),
    ];
    const worktree = await furnishedWorktree(scene, { setup: { run }, key: "attempt-3" });
    sh(worktree.directory, "echo more >> src/a.js");
    const source = await change(scene, "attempt-3");
    counts.push(await count({ setup: { run }, change: source, key: "attempt-3" }));
    sh(worktree.directory, "echo '{}' > package.json");
    const other = await change(scene, "attempt-3");
    counts.push(await count({ setup: { run }, change: other, key: "attempt-3" }));
    await scene.registry.close();

    expect(counts).toEqual([1, 1, 2, 3, 4, 4, 5]);
  });

  test("is not waited for by an attempt that is cancelled", async () => {
    const scene = await openScene(join(directory, "waiting"), { files });
    const [first, second] = [new AbortController(), new AbortController()];
    const setup = { run: "sleep 60" };
    const running = prepare(scene, { setup, signal: first.signal });
    const waiting = prepare(scene, { setup, key: "attempt-2", signal: second.signal });

    second.abort();

    expect(await waiting).toMatchObject({ kind: "red", exit: { endedBy: "cancel" } });
    first.abort();
    expect(await running).toMatchObject({ kind: "red", exit: { endedBy: "cancel" } });
    await scene.registry.close();
  }, 20_000);

  test("two attempts that want the same wait for one run", async () => {
    const scene = await openScene(join(directory, "twice"), { files });
    const setup = { run: "date +%s%N > made.txt" };

    const places = await Promise.all(
      [1, 2, 3].map((n) => furnishedCheckout(scene, { setup, key: `attempt-${n}` })),
    );

    const stamps = places.map((place) => readFileSync(join(place.directory, "made.txt"), "utf8"));
    expect(new Set(stamps).size).toBe(1);
    await scene.registry.close();
  });
});

describe("what set-up made", () => {
  test("is no part of the change, and the agent's own files beside it are", async () => {
    const scene = await openScene(join(directory, "exclude"), { files });
    const run =
      "mkdir -p gen src/out 'odd [x]*'; echo 1 > gen/a; echo 1 > src/out/b; echo 1 > 'odd [x]*/c d'; echo hooked >> src/a.js; rm .gitignore";

    const worktree = await furnishedWorktree(scene, { setup: { run } });
    const before = await change(scene);
    const status = await runAt(scene, worktree, "git status --porcelain; cat gen/a src/out/b 'odd [x]*/c d'");
    sh(
      worktree.directory,
      "echo 2 > gen/a; echo 2 > gen/mine; echo 2 > src/out/mine; echo 2 > 'odd x'; echo 2 >> src/a.js",
    );
    const after = await change(scene);

    expect(before.files).toEqual([]);
    expect(status.log.head).toBe("1\n1\n1\n");
    expect(after.files.map(({ path }) => path).toSorted()).toEqual([
      "gen/mine",
      "odd x",
      "src/a.js",
      "src/out/mine",
    ]);
    await scene.registry.close();
  });

  test("of very many files is left out as a whole", async () => {
    const scene = await openScene(join(directory, "many"), { files });
    const run = "mkdir -p node_modules/a; cd node_modules/a; touch $(seq 1200)";

    const prepared = ready(await prepare(scene, { setup: { run } }));

    expect(prepared.exclude).toEqual(["node_modules"]);
    await scene.registry.close();
  });

  test("is a private copy: nothing that one attempt writes reaches another, nor another repository", async () => {
    const scene = await openScene(join(directory, "private"), { files });
    const setup = {
      run: "mkdir -p node_modules/x/.bin; echo good | tee node_modules/x/a made $HOME/.npmrc >node_modules/x/.bin/b; ln -s ../a node_modules/x/.bin/l",
    };
    const poison =
      "for f in node_modules/x/a node_modules/x/.bin/b node_modules/x/.bin/l node_modules/x/new node_modules/y made $HOME/.npmrc $HOME/.cache $HOME/.profile; do echo poison > $f; done; ls -A $HOME";
    const read =
      "grep -rs poison . $HOME; cat node_modules/x/a node_modules/x/.bin/b made $HOME/.npmrc; ls -A $HOME";

    const worktree = await furnishedWorktree(scene, { setup });
    const written = await runAt(scene, worktree, poison);
    const second = await runAt(scene, await furnishedCheckout(scene, { setup, key: "attempt-2" }), read);
    const other = await scene.git.worktrees.fetch({ ...order(scene).repository, id: 2002 }, "main");
    await prepare(scene, { setup, repositoryId: 2002 });

    // The other repository, the same in every file, had its own made.
    expect(other).toEqual(scene.base);
    expect(readdirSync(join(scene.data, "setups/2002"))).toHaveLength(1);
    expect(written.log.head).toBe(".cache\n.npmrc\n.profile\n");
    expect(second.log.head).toBe("good\ngood\ngood\ngood\n.npmrc\n");
    await scene.registry.close();
  });

  test("of an agent's tree is given to that attempt alone", async () => {
    const scene = await openScene(join(directory, "theirs"), { files });
    const setup = { run: "sh ./install.sh 2>/dev/null || echo base > made" };
    const edit = async (key: string) => {
      const worktree = await scene.git.worktrees.open({ ...order(scene), key, notes: {} });
      // The very same manifest, and a script that the set-up command happens to run.
      sh(worktree.directory, `echo 'echo ${key} > made' > install.sh; echo '{"name":"y"}' > package.json`);
      return change(scene, key);
    };
    const same = async (key: string) => {
      const worktree = await scene.git.worktrees.open({ ...order(scene), key, notes: {} });
      sh(worktree.directory, `echo 'echo ${key} > made' > install.sh`);
      return change(scene, key);
    };
    const madeFor = async (key: string, of?: Awaited<ReturnType<typeof change>>) => {
      const place = await furnishedCheckout(scene, { setup, key, ...(of && { change: of }) });
      return readFileSync(join(place.directory, "made"), "utf8").trim();
    };

    const made = [
      await madeFor("attempt-1", await same("attempt-1")),
      await madeFor("attempt-2", await edit("attempt-2")),
      await madeFor("attempt-3", await edit("attempt-3")),
      await madeFor("attempt-4"),
    ];

    expect(made).toEqual(["base", "attempt-2", "attempt-3", "base"]);
    await scene.registry.close();
  });

  test("a set-up that the agent's own change broke is red, not the repository's failure", async () => {
    const scene = await openScene(join(directory, "broken"), { files });
    const worktree = await scene.git.worktrees.open({ ...order(scene), key: "attempt-1", notes: {} });
    sh(worktree.directory, "echo broken > package.json");
    const setup = { run: 'node -e \'JSON.parse(require("fs").readFileSync("package.json"))\'' };

    const prepared = await prepare(scene, { setup, change: await change(scene) });

    expect(prepared).toMatchObject({ kind: "red", exit: { endedBy: "itself", exitCode: 1 } });
    await scene.registry.close();
  });

  test("never overwrites what the change has tracked, and makes no folder that it removed", async () => {
    const scene = await openScene(join(directory, "tracked"), {
      files: `${files}; mkdir -p packages/a; echo x > packages/a/x`,
    });
    const setup = {
      run: "mkdir -p dist packages/a/node_modules; echo old | tee dist/a dist/b > packages/a/node_modules/c; echo old > single",
    };
    const worktree = await scene.git.worktrees.open({ ...order(scene), key: "attempt-1", notes: {} });
    sh(worktree.directory, "mkdir dist; echo new > dist/a; echo new > single; rm -r packages");

    const place = await furnishedCheckout(scene, { setup, change: await change(scene) });

    expect(sh(place.directory, "cat dist/a dist/b single; ls")).toBe(
      "new\nold\nnew\ndist\npackage.json\nsingle\nsrc",
    );
    await scene.registry.close();
  });

  test("works in its new place, even where programs have written the old one into it", async () => {
    const scene = await openScene(join(directory, "venv"), { files });
    const setup = {
      run: `python3 -m venv --without-pip .venv && printf '#!%s\\nprint("hello from", __file__)\\n' "$PWD/.venv/bin/python" > .venv/bin/tool &&
        chmod +x .venv/bin/tool && echo home=$HOME > $HOME/.toolrc && ln -s "$PWD/.venv/bin/tool" "$HOME/tool"`,
      env: { PATH: `/usr/bin:/bin` },
    };

    const place = await furnishedCheckout(scene, { setup });
    const exit = await runAt(
      scene,
      place,
      "tool; $HOME/tool; cat $HOME/.toolrc; grep -rsI '\\.new/' .venv/bin $HOME",
    );

    expect(exit.log.head).toBe(
      `hello from ${place.directory}/.venv/bin/tool\nhello from ${place.home}/tool\nhome=${place.home}\n`,
    );
    await scene.registry.close();
  });

  test("is copied once into a worktree, so that an agent's work in it is not undone after a crash", async () => {
    const scene = await openScene(join(directory, "once"), { files });
    const setup = { run: "echo made > made" };

    const worktree = await furnishedWorktree(scene, { setup });
    sh(worktree.directory, "echo mine > made");
    await furnishedWorktree(scene, { setup });

    expect(readFileSync(join(worktree.directory, "made"), "utf8")).toBe("mine\n");
    await scene.registry.close();
  });

  test("under `cache` is there for the next set-up after the lockfile has changed", async () => {
    const scene = await openScene(join(directory, "cache"), { files });
    const run =
      "mkdir -p .store/deep; echo x >> .store/deep/hits; echo y >> other; cp .store/deep/hits other seen/ 2>/dev/null; wc -l < .store/deep/hits > count";
    const first = { run, cache: [".store/**"] };
    const second = { ...first, env: { CHANGED: "1" } };

    await prepare(scene, { setup: first });
    const place = await furnishedCheckout(scene, { setup: second, key: "attempt-2" });

    expect(sh(place.directory, "cat count; wc -l < other")).toBe("2\n1");
    await scene.registry.close();
  });

  test("is bounded: what was not used for longest goes first", async () => {
    const scene = await openScene(join(directory, "bound"), { files, kibibytes: 3_000 });
    const made = (name: string) => ({ run: `head -c 2000000 /dev/urandom > ${name}` });

    const shelf = join(scene.data, "setups/1001");
    const long = Date.now() / 1000 - 3600;

    for (const name of ["a", "b", "c", "d"]) {
      if (existsSync(shelf))
        for (const entry of readdirSync(shelf)) utimesSync(join(shelf, entry, "made.json"), long, long);
      await prepare(scene, { setup: made(name) });
    }

    const kept = readdirSync(shelf).map((entry) => readdirSync(join(shelf, entry, "tree")).join());
    expect(kept.length).toBeLessThan(4);
    expect(kept).toContain("d");
    expect(kept).not.toContain("a");
    await scene.registry.close();
  });

  test("leaves nothing half made behind", () => {
    const shelves = ["main", "exclude", "venv", "broken"].map((name) =>
      join(directory, name, "data/setups/1001"),
    );
    const left = shelves
      .filter(existsSync)
      .flatMap((shelf) => readdirSync(shelf).filter((name) => name.includes(".")));

    expect(left).toEqual([]);
  });
});

function order(scene: Scene) {
  const { repository } = {
    repository: { id: 1001, installationId: 7, owner: "octo", name: "demo", defaultBranch: "main" },
  };
  return { repository, base: scene.base, change: unchanged(scene.base) };
}
