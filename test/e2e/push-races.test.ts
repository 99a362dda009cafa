import { execFileSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { Evidence } from "../../src/domain/evidence/evidence.ts";
import { mend, shorter } from "./mend.ts";
import { type Race, racedTasks } from "./push-races.ts";
import { Town } from "./town.ts";

let town: Town;
let directory: string;

/** Like the kills, these are told by `npm run test:kills`; over the fakes test/pipeline/pushes.test.ts tells them too. */
describe("a person pushes", () => {
  beforeAll(async () => {
    town = await Town.found([shorter, mend].flatMap((turn) => turn ?? []));
    ({ directory } = town.double.github.repository(town.repository));
  });
  afterEach(() => town.double.faults.clear());
  afterAll(async () => {
    const violations = await town.double.violations();
    await town.close();
    expect(violations).toEqual([]);
  });

  test.each(racedTasks())("$name", async ({ first, second }) => {
    const title = "Race for it";
    const pushed: string[] = [];
    let delegated: ReturnType<Town["delegate"]>;
    const branchOf = async (): Promise<string> => `agent/${(await delegated).number}-race-for-it`;
    const disarm = first && race(first, branchOf, pushed);
    delegated = town.delegate({ title });
    const opened = await delegated;
    const branch = await branchOf();
    await ended(opened.number, 1);
    disarm?.();

    if (second && /Draft pull request open/.test(town.status(opened))) {
      const { number } = town.pull(opened);
      const stop = race(second, branchOf, pushed);
      await town.double.github.as("ada").comments({ repository: town.repository, number }, "/retry shorter");
      await ended(opened.number, 2);
      stop();
    }
    await town.handled();

    for (const commit of pushed)
      expect(git("branch", "--contains", commit, "--list", branch)).toContain(branch);
    if (!/Draft pull request open/.test(town.status(opened))) return;
    // The head is measured, and then the body says so.
    const isTold = (): boolean =>
      validations(branch).some(({ headSha }) => headSha === git("rev-parse", branch)) &&
      town.pull(opened).body?.includes("Somebody pushed after this was measured") === false;
    await town.until(isTold, () => `the head of ${branch} was never measured`);
    await town.handled();
    for (const { headSha, text } of validations(branch))
      expect(evidenceIn(text).tree).toBe(git("rev-parse", `${headSha}^{tree}`));
  });
});

/** Wil pushes when such a request arrives, or once it had its effect; returns what lets all others pass. */
function race(
  { method, path, when, nth = 1 }: Race,
  branch: () => Promise<string>,
  pushed: string[],
): () => void {
  let seen = 0;
  const meets = (): boolean => {
    seen += 1;
    return seen === nth;
  };
  const gate = town.double.faults.holdRequests({ method, path, when, meets });
  void gate.hit.then(async () => {
    const files = { [`notes/${pushed.length}.md`]: "Mine.\n" };
    const push = { branch: await branch(), files, message: "Mine" };
    pushed.push(await town.double.github.as("wil").pushes(town.repository, push));
    gate.release();
  });
  return () => town.double.faults.clear();
}

/** Waits until an attempt has ended, or was never begun. */
async function ended(issueNumber: number, attempt: number): Promise<void> {
  await town.until(
    () =>
      town.log.some(
        (line) =>
          line.msg === "attempt ended" && line.attempt === attempt && line.task?.issueNumber === issueNumber,
      ),
    () => `attempt ${attempt} of #${issueNumber} has not ended`,
  );
}

/** The check runs of ours on commits of a branch. */
function validations(branch: string) {
  const commits = new Set(git("rev-list", branch).split("\n"));
  return town.double.github
    .repository(town.repository)
    .checkRuns.filter(({ name, headSha }) => name === "drafthorse/validation" && commits.has(headSha));
}

function evidenceIn(text: string | null): Evidence {
  const json = /### evidence\.json\s+(`{3,})\w*\n(?<json>.*?)\n\1/s.exec(text ?? "")?.groups?.json;
  return Evidence.parse(JSON.parse(json ?? "null"));
}

function git(...argv: string[]): string {
  return execFileSync("git", argv, { cwd: directory, encoding: "utf8" }).trim();
}
