import { expect, test } from "@jest/globals";
import type { Evidence } from "../../src/domain/evidence/evidence.ts";
import { renderCheck } from "../../src/publish/render-check.ts";
import { aKey } from "../fakes/fake-signer.ts";
import { aMeasurement, someEvidence } from "../fixtures/evidence.ts";

const proofOf = (evidence: Evidence) => ({
  ...{ evidence, questions: [] },
  text: `${JSON.stringify(evidence, null, 2)}\n`,
});

/** GitHub's limit on the text of a check run. */
const limit = 65_535;

const chatty = (bytes: number) =>
  aMeasurement({ log: { sha256: "b".repeat(64), bytes, head: "h".repeat(bytes), tail: "t".repeat(bytes) } });

test("a check run carries the whole evidence", () => {
  const evidence = someEvidence();

  expect(renderCheck(proofOf(evidence)).text).toContain(JSON.stringify(evidence, null, 2));
});

test("evidence with long logs is shown without them, and says so", () => {
  const evidence = someEvidence({ validation: chatty(60_000), baseline: chatty(60_000) });

  const { text } = renderCheck(proofOf(evidence));

  expect(text.length).toBeLessThan(limit);
  expect(text).toContain("Without the logs' own text");
  expect(text).toContain(`"tree": "${evidence.tree}"`);
  expect(text).toContain('"verdict": "passed"');
});

test("evidence of very many files is named", () => {
  const [file] = someEvidence().files;
  const files = Array.from({ length: 2_000 }, () => file).filter((one) => one !== undefined);

  const { text } = renderCheck(proofOf(someEvidence({ files })));

  expect(text.length).toBeLessThan(limit);
  expect(text).toContain("Too long to show; it is kept on the server.");
});

test("the summary carries the statements and the key whole, or says that they are too long", () => {
  const { key } = aKey();
  const bundles = [
    { name: "evidence-1.sigstore.json", text: '{"a":1}' },
    { name: "test-result-1.sigstore.json", text: "x".repeat(60_000) },
  ];

  const signed = { bundles, key, keysUrl: "https://d.example/.well-known/drafthorse/keys.json" };
  const { summary } = renderCheck({ ...proofOf(someEvidence()), signed });

  expect(summary.length).toBeLessThan(limit);
  expect(summary).toContain(
    `Signed by the server's key \`${key.sha256}\`. The server publishes its keys at https://`,
  );
  expect(summary).toContain('#### evidence-1.sigstore.json\n\n```json\n{"a":1}\n```');
  expect(summary).toContain("#### test-result-1.sigstore.json\n\nToo long to show");
  expect(summary).toContain(key.publicKey.trim());
});
