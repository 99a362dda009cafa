import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { expectOneCorrection } from "./expect-one.ts";
import { killInCorrection } from "./kill.ts";
import { correctionMoments, triedMoments } from "./moments.ts";
import { type Findings, runMoments } from "./run-moments.ts";
import { showTable } from "./show-table.ts";

const moments = triedMoments(correctionMoments);
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

test("nothing is left of the attempts, and every request was one that GitHub takes", async () => {
  for (const { dataDir, double } of findings.lanes) {
    expect(await readdir(join(dataDir, "attempts"))).toEqual([]);
    expect(await double.violations()).toEqual([]);
  }
});
