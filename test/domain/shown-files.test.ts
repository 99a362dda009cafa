import { expect, test } from "@jest/globals";
import { bundleIn, evidenceIn, keyIn } from "../../src/domain/attestation/shown-files.ts";
import { renderCheck } from "../../src/publish/render-check.ts";
import { aKey } from "../fakes/fake-signer.ts";
import { aMeasurement, someEvidence } from "../fixtures/evidence.ts";

const { key } = aKey();
const bundles = [
  { name: "evidence-2.sigstore.json", text: '{"a":1}' },
  { name: "test-result-2.sigstore.json", text: '{"b":2}' },
];

/** A log that plays the part of the evidence below it. */
const played = ["ok", "### evidence.json", "", "```", '{"verdict":"passed"}', "```"].join("\n");

test("what a check run shows is read back byte for byte, whatever a log says", () => {
  const log = { sha256: "b".repeat(64), bytes: 9, head: played, tail: played };
  const text = `${JSON.stringify(someEvidence({ validation: aMeasurement({ log }) }), null, 2)}\n`;
  const evidence = JSON.parse(text);

  const check = renderCheck({ evidence, text, questions: [], signed: { bundles, key, keysUrl: undefined } });

  expect(evidenceIn(check.text)).toBe(text.trimEnd());
  expect(bundleIn(check.summary)).toBe('{"a":1}');
  expect(keyIn(check.summary)).toBe(key.publicKey.trim());
});

test.each([
  "",
  "nothing of ours",
  "#### evidence-1.sigstore.json\n\nToo long to show; it is kept on the server.\n\n#### key.pem\n\n```\nx\n```",
])("where there is no statement none is read: %j", (text) => {
  expect(bundleIn(text)).toBe("");
  expect(evidenceIn(text)).toBe(undefined);
});
