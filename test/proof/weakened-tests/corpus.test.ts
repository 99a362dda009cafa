import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Check } from "../../../src/domain/evidence/evidence.ts";
import { checkTests, lookAtTests } from "../../../src/proof/checks/weakened-tests/check-tests.ts";
import { type ListedChange, readChanges } from "../../fixtures/read-changes.ts";

type Judged = ListedChange & { check: Check };

function judge(change: ListedChange): Judged {
  const files = change.files.map(({ file }) => file);
  return { ...change, check: checkTests(change.files.flatMap(lookAtTests), { files }) };
}

/** One line of the table that the run prints: how many there are, how many were judged as listed, and which were not. */
function row(corpus: string, origin: string, judged: Judged[]): string[] {
  const wrong = judged.filter(({ check, expect }) => check.status !== expect);
  const share = ((100 * (judged.length - wrong.length)) / judged.length).toFixed(1);
  return [
    `${corpus.padEnd(10)} ${origin.padEnd(10)} ${String(judged.length).padStart(4)} ${share.padStart(6)} %`,
    ...wrong.map(
      ({ name, expect, check }) => `    ${expect}, judged ${check.status}: ${name} [${check.line}]`,
    ),
  ];
}

describe("the corpora of changes to tests", () => {
  const corpora: { weakening: Judged[]; benign: Judged[] } = { weakening: [], benign: [] };

  beforeAll(async () => {
    for (const corpus of ["weakening", "benign"] as const)
      corpora[corpus] = (await readChanges(corpus)).map(judge);
    const lines = (["weakening", "benign"] as const).flatMap((corpus) =>
      ["published", "written"].flatMap((origin) =>
        row(
          corpus,
          origin,
          corpora[corpus].filter((change) => change.origin === origin),
        ),
      ),
    );
    process.stdout.write(`corpus     origin     size  as listed\n${lines.join("\n")}\n`);
  }, 180_000);

  test("are large enough, and at least half of each was published", () => {
    for (const [corpus, least] of [
      ["weakening", 60],
      ["benign", 120],
    ] as const) {
      const published = corpora[corpus].filter(({ origin }) => origin === "published");
      expect(corpora[corpus].length).toBeGreaterThanOrEqual(least);
      expect(published.length).toBeGreaterThanOrEqual(least / 2);
    }
  });

  test("of weakening changes at least 95 % are found, with the verdict that the specification asks for", () => {
    const found = corpora.weakening.filter(({ check, expect }) => check.status === expect);

    expect(found.length / corpora.weakening.length).toBeGreaterThanOrEqual(0.95);
  });

  test("of benign changes at most 1 % raise an alarm", () => {
    const alarms = corpora.benign.filter(({ check }) => check.status !== "pass");

    expect(alarms.length / corpora.benign.length).toBeLessThanOrEqual(0.01);
  });
});
