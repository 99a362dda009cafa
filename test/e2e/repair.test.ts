import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { eventually } from "../support/processes.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { ends, type Lane, label, openIssue, openLane, repositoryOf } from "./lane.ts";

/**
 * An agent whose first answer is wrong. Told that the validation is red it leaves a mark and hangs, and mends its answer
 * when it is started once more.
 */
const agent = `set -e
case "$DRAFTHORSE_PROMPT" in
  *'## The validation is red'*'the answer was 40'*)
    if ! test -e .drafthorse/mending; then : > .drafthorse/mending; sleep 600; fi
    grep -q 40 answer.js
    printf 'exports.answer = () => 42;\\n' > answer.js ;;
  *) printf 'exports.answer = () => 40;\\n' > answer.js ;;
esac
echo 'AC-1: check.js'
`;

const at: { lane?: Lane; remove?: () => Promise<void> } = {};
function lane(): Lane {
  if (!at.lane) throw new Error("no lane");
  return at.lane;
}

beforeAll(async () => {
  const { directory, remove } = await temporaryDirectory();
  at.remove = remove;
  await writeFile(join(directory, "agent.sh"), agent);
  at.lane = await openLane({ AGENT: `exec:sh ${join(directory, "agent.sh")}` });
  await lane().start();
});

afterAll(async () => {
  await at.lane?.close();
  await at.remove?.();
});

test("a worker killed during the validation and again during the repair repeats no leg that is done", async () => {
  const task = await openIssue(lane(), "mend");
  const ofTask = (line: { task?: unknown; msg: string }) => repositoryOf(line) === task.repositoryId;
  const mark = join(
    lane().dataDir,
    `attempts/task-${task.repositoryId}-${task.number}-1-attempt-1/work/.drafthorse/mending`,
  );

  await label(lane(), task);
  await lane()
    .service()
    .line((line) => ofTask(line) && line.step === "validated");
  await lane().service().kill("SIGKILL");
  const second = await lane().start();
  await eventually(`the file ${mark}`, () => existsSync(mark));
  await second.kill("SIGKILL");
  const third = await lane().start();
  await third.line(ends(task, 1));

  const [pull] = lane().double.github.pullRequests(task.repository);
  expect(pull?.body).toContain("## Verdict: passed");
  expect(pull?.body).toMatch(/Repairs in attempt 1: red \(exit code 1\) .*, then green/);
  const begun = [...second.lines, ...third.lines]
    .filter((line) => ofTask(line) && line.msg === "step begun")
    .map(({ step }) => step);
  expect(begun).not.toContain("worked");
  expect(begun.filter((step) => step === "repair 1")).toHaveLength(2);
  expect(third.lines.filter((line) => ofTask(line) && line.step === "validated")).toEqual([]);
});
