import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { issue } from "../../src/cli/demo/demo-story.ts";
import { gitRepository } from "../support/git-repository.ts";
import { testDirectory } from "../support/test-directory.ts";
import { warmCommand, warmDrafthorse } from "../support/warm-drafthorse.ts";

/** Commands that were given what is not there, or is something else: each answers in one sentence, and stops. */
const directory = testDirectory();
const isRoot = process.getuid?.() === 0;
const main = join(import.meta.dirname, "../../src/cli/main.js");

beforeAll(async () => {
  const write = (name: string, text: string | Uint8Array) => writeFileSync(join(directory, name), text);
  write("brief.md", issue.body);
  write("closed.md", issue.body);
  chmodSync(join(directory, "closed.md"), 0o000);
  write("binary", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0xff]));
  write("cut.json", '{"version": 1, "task": {"repo');
  write("next.json", '{"version": 2}');
  write("other.json", '{"name": "x"}');
  write("few.json", '{"version": 1}');
  write("cut.jsonl", '{"at": "2026');
  for (const name of ["plain", "folder", "blocked"]) mkdirSync(join(directory, name));
  await execa("git", ["init", "-q", "-b", "main", "empty"], { cwd: directory });
  await execa("git", ["init", "-q", "--bare", "bare.git"], { cwd: directory });
  await execa("git", ["init", "-q", "blocked"], { cwd: directory });
  write("blocked/.github", "a file where a folder should be");
});

const brief = "Name a Markdown file with the brief.";
const proof = "Name an evidence.json, evidence.sigstore.json or history.jsonl that Drafthorse wrote.";
const repo = "Name a git repository by --repo.";

describe("a command that was called with what cannot be used says so in one sentence, and exits 2", () => {
  test.each<[string, string]>([
    ["chek brief.md", "unknown command 'chek'. Did you mean check? See `drafthorse --help`."],
    ["check --jsno brief.md", "unknown option '--jsno'. Did you mean --json? See `drafthorse check --help`."],
    ["demo --onse", "unknown option '--onse'. Did you mean --once? See `drafthorse demo --help`."],
    ["check", "missing required argument 'brief'. See `drafthorse check --help`."],
    ["verify few.json --log", "option '--log <file...>' argument missing. See `drafthorse verify --help`."],
    [
      "start web",
      "too many arguments for 'start'. Expected 0 arguments but got 1. See `drafthorse start --help`.",
    ],
    ["check nowhere.md", `nowhere.md does not exist. ${brief}`],
    ["check folder", `folder is a directory. ${brief}`],
    ["check binary", `binary is no text in UTF-8. ${brief}`],
    ["check /dev/null", `/dev/null is no file. ${brief}`],
    ["check brief.md/x", `brief.md/x is below something that is no directory. ${brief}`],
    ["check brief.md --repo nowhere", `nowhere does not exist. ${repo}`],
    ["check brief.md --repo brief.md", `brief.md is no directory. ${repo}`],
    ["check brief.md --repo plain", `plain is not in a git repository. ${repo}`],
    ["run nowhere.md", `nowhere.md does not exist. ${brief}`],
    ["run folder", `folder is a directory. ${brief}`],
    ["run binary", `binary is no text in UTF-8. ${brief}`],
    ["run brief.md --repo nowhere", `nowhere does not exist. ${repo}`],
    ["run brief.md --repo plain", `plain is not in a git repository. ${repo}`],
    ["run brief.md --repo empty", "The repository at empty has no commit yet. Commit its files first."],
    ["verify nowhere.json", `nowhere.json does not exist. ${proof}`],
    ["verify nowhere.jsonl", "nowhere.jsonl does not exist. Name a history.jsonl that Drafthorse wrote."],
    ["verify folder", `folder is a directory. ${proof}`],
    ["verify binary", `binary is no text in UTF-8. ${proof}`],
    [
      "verify cut.json",
      "cut.json is no JSON, or only a part of it. Name the evidence.json that Drafthorse wrote, as it wrote it.",
    ],
    [
      "verify brief.md",
      "brief.md is no JSON, or only a part of it. Name the evidence.json that Drafthorse wrote, as it wrote it.",
    ],
    [
      "verify other.json",
      "other.json is no evidence. Name the evidence.json that Drafthorse wrote, as it wrote it.",
    ],
    [
      "verify next.json",
      "next.json is evidence of version 2, and this Drafthorse reads version 1. Use the Drafthorse that wrote it.",
    ],
    ["init --repo nowhere", `nowhere does not exist. ${repo}`],
    ["init --repo plain", `plain is not in a git repository. ${repo}`],
    ["init --repo brief.md", `brief.md is no directory. ${repo}`],
    ["init --repo bare.git", "bare.git is a repository without files. Name a clone of it by --repo."],
  ])("%s", async (line, sentence) => {
    const { status, out, err } = await warmDrafthorse(directory, ...line.split(" "));

    expect({ status, out, err }).toEqual({ status: 2, out: "", err: `drafthorse: ${sentence}\n` });
  });

  test("init where a file is in the way", async () => {
    const { status, err } = await warmDrafthorse(directory, "init", "--repo", "blocked");

    expect([status, err]).toEqual([
      2,
      expect.stringMatching(/^drafthorse: .+\.github\S* is .+ Let this user write there/),
    ]);
  });

  (isRoot ? test : test.skip)("what this user may not read (not simulated: this needs root)", async () => {
    const nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    chmodSync(directory, 0o755);
    const ended = await execa("setpriv", [...nobody, process.execPath, main, "check", "closed.md"], {
      ...{ cwd: directory, env: { PATH: "/usr/bin:/bin" }, extendEnv: false, reject: false },
    });

    expect([ended.exitCode, ended.stderr]).toEqual([
      2,
      `drafthorse: closed.md may not be opened by this user. ${brief}`,
    ]);
  });

  (isRoot ? test : test.skip)("a repository of somebody else (not simulated: this needs root)", async () => {
    const { directory: at } = gitRepository(directory, {});
    await execa("chown", ["-R", "65534", at]);

    const { status, err } = await warmDrafthorse(directory, "check", "brief.md", "--repo", at);

    expect([status, err]).toEqual([
      2,
      expect.stringContaining(`git config --global --add safe.directory ${at}`),
    ]);
  });
});

describe("drafthorse verify", () => {
  test.each([
    [
      "few.json",
      "✗ schema: `task` is not as Drafthorse writes it. Name a file that Drafthorse wrote, as it wrote it.\n",
    ],
    [
      "cut.jsonl",
      "✗ schema: line 1 is no line of a history. Name a file that Drafthorse wrote, as it wrote it.\n",
    ],
  ])("%s does not hold: exit code 1", async (file, said) => {
    const { status, out, err } = await warmDrafthorse(directory, "verify", file);
    expect({ status, err }).toEqual({ status: 1, err: "" });
    expect(out.startsWith(said)).toBe(true);
    expect(out).toMatch(/\n0 hold, 1 do not, .* Do not rely on this\.\n$/);
  });
});

describe("the environment", () => {
  const commands: [string, Record<string, string>, string][] = [
    ["run brief.md", { AGENT: "" }, "AGENT is not set. Name a preset (AGENT=claude)"],
    ["run brief.md", { SANDBOX: "maybe" }, "SANDBOX must be auto, bwrap or none. See .env.example."],
    [
      "run brief.md",
      { DRAFTHORSE_CONFIG: "nowhere.yml" },
      "nowhere.yml cannot be read. Name a file that is there",
    ],
    ["run brief.md", { DRAFTHORSE_CONFIG: "." }, "cannot be read. Name a file that is there"],
    ["run brief.md", { TMPDIR: "/nowhere" }, "/nowhere does not exist. Set TMPDIR to a directory"],
    [
      "run brief.md --out brief.md",
      {},
      "brief.md is there already and is no directory. Name another directory by --out.",
    ],
    [
      "run brief.md --out brief.md/x",
      {},
      "brief.md/x is below something that is no directory. Name another directory by --out.",
    ],
    ["demo --once", { TMPDIR: "/nowhere" }, "/nowhere does not exist. Set TMPDIR to a directory"],
  ];
  test.each(commands)("%s with %o: exit code 2", async (line, settings, sentence) => {
    const { directory: cwd } = gitRepository(directory, { "brief.md": issue.body });
    const env = { AGENT: "exec:true", ...settings };
    const { status, err } = await warmCommand({ cwd, args: line.split(" "), env });

    expect([status, err]).toEqual([2, expect.stringContaining(sentence)]);
    expect(err).toMatch(/^drafthorse: .+\n$/);
    expect(err).not.toMatch(/ENOENT|EISDIR|EEXIST|ENOTDIR/);
  });
});

test("whoever has read enough ends the command without a word", async () => {
  const script = `'${process.execPath}' '${main}' check binary-not-there --json; '${process.execPath}' '${main}' --help | true`;
  const { stderr } = await execa("sh", ["-c", script], { cwd: directory, reject: false });

  expect(stderr.split("\n")).toHaveLength(1);
});

test("what git tells its hooks names no other repository than the one that was asked for", async () => {
  const other = gitRepository(directory, { "other.txt": "" }).directory;
  const env = { GIT_DIR: join(other, ".git"), GIT_WORK_TREE: other, GIT_INDEX_FILE: "nowhere" };
  const asked = { cwd: directory, args: ["init", "--repo", "empty", "--json"], env };

  const { out } = await warmCommand(asked);

  expect(JSON.parse(out)).toMatchObject({ root: join(directory, "empty") });
  expect((await warmCommand({ ...asked, args: ["run", "brief.md", "--repo", "empty"] })).err).toMatch(
    /at empty has no commit yet/,
  );
});

describe("a system that is not supported is named at the start", () => {
  const on = (platform: string, arch: string) =>
    `data:text/javascript,${encodeURIComponent(
      `for (const [name, value] of [["platform", "${platform}"], ["arch", "${arch}"]]) Object.defineProperty(process, name, { value });`,
    )}`;
  const command = (system: string, ...args: string[]) =>
    execa(process.execPath, ["--import", system, main, ...args], {
      cwd: directory,
      reject: false,
      all: true,
    });

  test("Windows ends with what works there", async () => {
    const ended = await command(on("win32", "x64"), "demo", "--once");

    expect([ended.exitCode, ended.all]).toEqual([
      1,
      expect.stringMatching(/^drafthorse: Drafthorse is supported on Linux .+Windows.+WSL 2.+\.$/),
    ]);
  });

  test.each([
    ["darwin", "arm64", /no sandbox on macOS.+SANDBOX=none/],
    ["linux", "riscv64", /no filter of system calls for Linux on riscv64.+SANDBOX=none/],
  ])("%s on %s has no sandbox, and the doctor says why", async (platform, arch, why) => {
    const ended = await command(on(platform, arch), "doctor", "system", "sandbox");

    expect([ended.exitCode, ended.all]).toEqual([1, expect.stringMatching(why)]);
    expect(ended.stdout).toMatch(/✗ sandbox +there is no sandbox: there is no /);
  });

  test("a brief can be judged anywhere", async () => {
    const ended = await command(on("darwin", "arm64"), "check", "brief.md");

    expect([ended.exitCode, ended.stderr]).toEqual([0, ""]);
  });
});
