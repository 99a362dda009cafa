import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { files as story } from "../../src/cli/demo/demo-story.ts";
import { fakeAgent } from "../fixtures/agents/fake-agent.ts";
import { startServer, type TestServer } from "../support/http-server.ts";
import { eventually, processesWith } from "../support/processes.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { type Delegated, ends, type Lane, label, openLane } from "./lane.ts";
import { outcomeOf } from "./outcome.ts";
import { issue } from "./story.ts";
import { Town } from "./town.ts";

/** How often each death is died; 20 by hand: `DEATHS=20 npm test -- e2e/deaths`. */
const times = Number(process.env.DEATHS ?? 1);

/** An agent that edits, makes and deletes a file, says so, and then never ends by itself; `lived` marks a second start. */
const agent = `set -e
task=.drafthorse/TASK.md
if test -e .drafthorse/lived; then echo 'I went on.'; exit 0; fi
echo edited > kept.txt
printf 'no line end, \\377 and \\000' > made.bin
rm gone.txt
echo scrap > scrap.log
: > .drafthorse/lived
way=$(grep -o 'way [a-z]* [0-9]*' $task)
set -- $way
case $2 in
  hungry) exec tail /dev/zero ;;
  chatty) while :; do echo noise; sleep 0.1; done ;;
  *) sleep $3 ;;
esac
`;

const files = (limits: string): Record<string, string> => ({
  "check.js": 'require("node:fs").accessSync("made.bin");\n',
  "kept.txt": "as it was\n",
  "gone.txt": "still here\n",
  ".gitignore": "*.log\n",
  ...(limits && { ".github/drafthorse.yml": `limits: ${limits}\n` }),
});

const bounds = {
  long: "",
  short: "{ minutes: 0.04 }",
  quiet: "{ silenceMinutes: 0.03 }",
  lean: "{ memoryGiB: 0.2 }",
};

let lane: Lane;
beforeAll(async () => {
  lane = await openLane();
  const script = join(lane.dataDir, "..", "dying.sh");
  await writeFile(script, agent);
  await lane.start({ AGENT: `exec:sh ${script}`, SHUTDOWN_GRACE: "1" });
});
afterAll(() => lane.close());

let number = 0;

/** Delegates to an agent that dies in a way; `nap` is in the command line of what it leaves running. */
async function delegate(way: string, limits: string): Promise<{ task: Delegated; nap: string }> {
  number += 1;
  const nap = `70${String(process.pid).padStart(7, "0")}${String(number).padStart(3, "0")}`;
  const { github } = lane.double;
  const repository = await github.createRepository({
    ...{ owner: `dies-${number}`, name: "answers", files: files(limits) },
    collaborators: { ada: "admin" },
  });
  const opened = await github.as("ada").opensIssue(repository, issue(`way ${way} ${nap}`));
  const task = { ...opened, repositoryId: github.repository(repository).id };
  await label(lane, task);
  return { task, nap };
}

async function untilAtWork({ nap }: { nap: string }): Promise<void> {
  await eventually("the agent is at work", () => processesWith(`sleep ${nap}`) > 0);
}

/** Every byte that git does not ignore is on the branch, and nothing is left on the machine. */
async function expectNothingLost({ task, nap }: { task: Delegated; nap: string }): Promise<void> {
  const outcome = await outcomeOf(lane, task).catch(() => undefined);
  const { directory } = lane.double.github.repository(task.repository);
  const git = (...argv: string[]): string =>
    execFileSync("git", argv, { cwd: directory, encoding: "latin1" });
  const [branch = "none"] = git("for-each-ref", "--format=%(refname:short)", "refs/heads/agent/").split("\n");
  const changed = git("diff", "--name-status", "main", branch).trim().split("\n");
  const attempts = join(lane.dataDir, "attempts");

  expect(changed).toEqual(
    ["D\tgone.txt", "M\tkept.txt", "A\tmade.bin"].toSorted((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1)),
  );
  expect(git("show", `${branch}:kept.txt`)).toBe("edited\n");
  expect(git("show", `${branch}:made.bin`)).toBe("no line end, \xff and \0");
  expect(processesWith(nap)).toBe(0);
  expect(existsSync(attempts) ? readdirSync(attempts) : []).toEqual([]);
  expect(outcome?.statusComments ?? []).toHaveLength(outcome ? 1 : 0);
}

const rounds = Array.from({ length: times }, (_, index) => index + 1);

describe.each(rounds)("an agent's death (%d)", (_round) => {
  test("by the clock leaves its work on a draft pull request that says so", async () => {
    const dying = await delegate("chatty", bounds.short);
    await lane.service().line(ends(dying.task, 1));

    const [pull] = lane.double.github.pullRequests(dying.task.repository);
    expect(pull?.body).toContain("Verdict: incomplete");
    expect(pull?.body).toMatch(/time/);
    await expectNothingLost(dying);
  });

  test("by its own silence does so, too", async () => {
    const dying = await delegate("silent", bounds.quiet);
    await lane.service().line(ends(dying.task, 1));

    const [pull] = lane.double.github.pullRequests(dying.task.repository);
    expect(pull?.body).toContain("Verdict: incomplete");
    expect(pull?.body).toMatch(/silen/);
    await expectNothingLost(dying);
  });

  test("by its hunger does so, and says what it was", async () => {
    const dying = await delegate("hungry", bounds.lean);
    await lane.service().line(ends(dying.task, 1));

    const [pull] = lane.double.github.pullRequests(dying.task.repository);
    expect(pull?.body).toContain("The agent was stopped before it was done: stopped at the bound of memory");
    await expectNothingLost(dying);
  });

  test("by a command leaves its work on a branch that the comment names", async () => {
    const dying = await delegate("silent", bounds.long);
    await untilAtWork(dying);
    await lane.double.github.as("ada").comments(dying.task, "/cancel");
    await lane.service().line(ends(dying.task, 1));

    const { comments } = lane.double.github.issue(dying.task);
    expect(comments.at(-1)?.body ?? "").not.toBe("");
    expect(comments.map(({ body }) => body).join()).toMatch(
      /Cancelled[\s\S]*The work is on the branch \[`agent\//,
    );
    expect(lane.double.github.pullRequests(dying.task.repository)).toEqual([]);
    await expectNothingLost(dying);
  });

  test("with its worker, which is killed and started again, is survived", async () => {
    const dying = await delegate("silent", bounds.long);
    await untilAtWork(dying);
    await lane.service().kill("SIGKILL");
    await eventually("the agent is gone with its worker", () => processesWith(`sleep ${dying.nap}`) === 0);
    const script = join(lane.dataDir, "..", "dying.sh");
    await lane.start({ AGENT: `exec:sh ${script}`, SHUTDOWN_GRACE: "1" });
    await lane.service().line(ends(dying.task, 1));

    const [pull] = lane.double.github.pullRequests(dying.task.repository);
    expect(pull?.body).toContain("I went on.");
    await expectNothingLost(dying);
  });
});

const spend = `echo edited > kept.txt; printf 'no line end, \\377' > made.bin; rm gone.txt`;

describe("an agent that has spent its budget", () => {
  const at: { town?: Town } = {};
  beforeAll(async () => {
    const steps = [{ run: { command: spend } }, { cost: 9 }, { wait: { ms: 60_000 } }];
    at.town = await Town.found([{ steps }], { files: { ...story, ...files("") } });
  });
  afterAll(async () => at.town?.close());

  test("leaves its work on a draft pull request that says so", async () => {
    const { town } = at;
    const opened = await town?.delegate({ title: "Spend" });
    if (!town || !opened) throw new Error("there is no town");
    await town.sees(opened, "Draft pull request open");

    const pull = town.pull(opened);
    const { agent, files: changed, verdict } = town.evidence(pull);
    expect([verdict, agent.cause]).toEqual(["incomplete", "stopped at the cost bound of $5.00"]);
    expect(pull.body).toMatch(
      /The agent was stopped before it was done: stopped at the cost bound of \\?\$5\.00/,
    );
    expect(changed.map(({ path, after }) => [path, after !== null])).toEqual([
      ["gone.txt", false],
      ["kept.txt", true],
      ["made.bin", true],
    ]);
  });
});

describe("an agent that asks its model without an end", () => {
  /** Asks until it is answered that there is no more, and then hangs on. */
  const ask = `while curl -sS -f -d '{}' -H "Authorization: Bearer $OPENAI_API_KEY" $OPENAI_BASE_URL/responses; do :; done; sleep 60`;
  const at = {} as { town: Town; model: TestServer; script: Awaited<ReturnType<typeof temporaryDirectory>> };
  beforeAll(async () => {
    at.script = await temporaryDirectory();
    at.model = await startServer((_, response) => response.end('{"model":"m"}'));
    const file = join(at.script.directory, "script.json");
    const work = [{ run: { command: spend } }, { run: { command: ask } }];
    const turns = [
      { when: "used up. Begin nothing new", steps: [{ run: { command: ask } }] },
      { steps: work },
    ];
    await writeFile(file, JSON.stringify({ turns }));
    const model = { provider: "openai", key: "real", upstream: at.model.url, prices: {} } as const;
    const asker = { command: fakeAgent("edits", file), environment: {}, network: "none", model } as const;
    at.town = await Town.found([], {
      files: { ...story, ...files("{ turns: 10 }") },
      agents: { known: { asker }, usual: ["asker"] },
    });
  });
  afterAll(async () => {
    await at.town.close();
    await at.model.close();
    await at.script.remove();
  });

  test("is warned, dies of its turns, and leaves its work on a draft pull request that says so", async () => {
    const { town, model } = at;
    const opened = await town.delegate({ title: "Ask" });
    const said = await town.sees(opened, "Draft pull request open");

    const cause = "stopped at the turns bound: all 10 turns of the attempt are used";
    const pull = town.pull(opened);
    const { agent: report, verdict, files: changed } = town.evidence(pull);
    const { directory } = town.double.github.repository(town.repository);
    const git = (path: string): string =>
      execFileSync("git", ["show", `${pull.pull.head}:${path}`], { cwd: directory, encoding: "latin1" });
    expect([verdict, report.bound, report.turns, report.cause]).toEqual(["incomplete", "turns", 10, cause]);
    expect(said).toContain(`stopped at its turns limit after`);
    expect(said).toMatch(new RegExp(`${cause} .* turns 10`));
    expect(said).toContain(`The verdict of #${pull.number} is **incomplete**.`);
    expect(pull.body).toContain(
      `The agent was stopped before it was done: ${cause} (the setting \`limits.turns\`)`,
    );
    expect(changed.map(({ path }) => path)).toEqual(["gone.txt", "kept.txt", "made.bin"]);
    expect([git("kept.txt"), git("made.bin")]).toEqual(["edited\n", "no line end, \xff"]);
    expect(timelineOf(town.dataDir).filter((line) => line.includes("Begin nothing new."))).toHaveLength(1);
    expect(model.seen).toHaveLength(10);
    expect(processesWith(at.script.directory)).toBe(0);
    // People are told before the attempt is tidied up.
    await eventually("no attempt is left", () => readdirSync(join(town.dataDir, "attempts")).length === 0);
  });
});

/** What is kept of what the only agent did, line by line. */
function timelineOf(dataDir: string): string[] {
  const kept = join(dataDir, "artefacts");
  const files = readdirSync(kept, { recursive: true, encoding: "utf8" });
  const timelines = files.filter((file) => file.endsWith("timeline-1.jsonl"));
  return timelines.flatMap((file) => readFileSync(join(kept, file), "utf8").split("\n"));
}
