import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { expectOneCorrection, expectOneOfEach } from "./expect-one.ts";
import { killInCorrection, killInQuestions } from "./kill.ts";
import { correctionMoments, questionMoments } from "./moments.ts";
import { type Findings, runMoments } from "./run-moments.ts";
import { showTable } from "./show-table.ts";
import { askable } from "./story.ts";

const moments = correctionMoments;
let findings: Findings;

beforeAll(async () => {
  findings = await runMoments(moments, 2, killInCorrection);
});

afterAll(async () => {
  showTable("Killed with -9 in the correction", findings.all());
  await findings.close();
});

describe("killed with -9 in a correction, there is still one correction on the same branch", () => {
  test.each(moments.map((moment) => [moment.name, moment] as const))("%s", (_, moment) => {
    const { trace } = findings.of(moment);

    expectOneCorrection(trace);
    expect(trace.otherComments).toEqual([]);
    expect(trace.ledger).toMatchObject({ state: "proposed", attempts: [{ number: 1 }, { number: 2 }] });
    expect(moment.last).toContain(trace.lastStep);
  });
});

describe("killed with -9 while questions are asked, all are asked once", () => {
  let asked: Findings;
  beforeAll(async () => {
    asked = await runMoments(questionMoments, 2, killInQuestions, { script: askable, questionMinutes: 10 });
  });
  afterAll(async () => {
    showTable("Killed with -9 in the questions", asked.all());
    await asked.close();
  });

  test.each(questionMoments.map((moment) => [moment.name, moment] as const))("%s", (_, moment) => {
    const { trace } = asked.of(moment);
    const [attempt] = trace.ledger.attempts;

    expectOneOfEach(trace, { checks: 3 });
    expect(trace.commits).toHaveLength(1);
    expect(attempt?.asking?.asked).toHaveLength(attempt?.asking?.planned ?? 0);
    expect(attempt?.asking?.shownAt).toBeDefined();
    expect(moment.last).toContain(trace.lastStep);
  });
});

test("nothing is left of the attempts, and every request was one that GitHub takes", async () => {
  for (const { dataDir, double } of findings.lanes) {
    expect(await readdir(join(dataDir, "attempts"))).toEqual([]);
    expect(await double.violations()).toEqual([]);
  }
});
