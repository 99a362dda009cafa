import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { buildTestResultStatement, sha256 } from "../../src/domain/attestation/build-statements.ts";
import { type EvidenceStatement, withoutLogText } from "../../src/domain/attestation/statement.ts";
import { Evidence } from "../../src/domain/evidence/evidence.ts";
import { chained } from "../../src/domain/evidence/history-chain.ts";
import { HistoryLine } from "../../src/domain/task/task.ts";
import { weighHead } from "../../src/proof/audit/weigh-head.ts";
import { unsigned } from "../../src/proof/audit/weigh-statement.ts";
import type { Weighed } from "../../src/proof/audit/weighed.ts";
import { aKey } from "../fakes/fake-signer.ts";
import { aPackage, aStatement, type Package, signed, signedAt, weighPackage } from "../fixtures/attested.ts";
import { aTask } from "../fixtures/tasks.ts";

const honest = aPackage();
const other = "9".repeat(40);
const stranger = aKey();

/** The bundle with parts of its JSON replaced, and nothing signed anew. */
const edited = (edit: (bundle: ReturnType<typeof parts>) => void): Partial<Package> => {
  const bundle = parts();
  edit(bundle);
  return { bundle: JSON.stringify(bundle) };
};
const parts = () => JSON.parse(honest.bundle);
const encoded = (text: string) => Buffer.from(text).toString("base64");

/** The payload with a piece of its text replaced, under the signature of the old one. */
const payloadWith = (from: string | RegExp, to: string): Partial<Package> =>
  edited(({ dsseEnvelope }) => {
    const text = Buffer.from(dsseEnvelope.payload, "base64").toString("utf8");
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`nothing to replace: ${from}`);
    dsseEnvelope.payload = encoded(changed);
  });

/** Signed by a key of the forger's own, which takes the place of the server's in what the bundle says. */
const bySelf = (statement: object): Partial<Package> => ({ bundle: signed(statement, stranger) });

/** A statement of another attempt that the server really signed. */
const really = (change: (statement: EvidenceStatement) => void): Partial<Package> => {
  const statement = structuredClone(aStatement());
  change(statement);
  return { bundle: signed(statement) };
};

const evidence = Evidence.parse(JSON.parse(honest.evidence));
const evidenceWith = (fields: object): Partial<Package> => ({
  evidence: `${JSON.stringify({ ...evidence, ...fields }, null, 2)}\n`,
});
const lines = honest.history.split("\n").filter(Boolean);
const joined = (kept: string[]): Partial<Package> => ({ history: kept.map((line) => `${line}\n`).join("") });
const [server] = honest.keys;
if (!server) throw new Error("the honest package has no key");
const serverKey = (fields: Partial<typeof server>): Partial<Package> => ({
  keys: [{ ...server, ...fields }],
});
const [log = ""] = honest.logs.keys();

/** What does not hold, or was not looked at; what only the server can know is told apart. */
const unproved = (weighed: Weighed[]) => weighed.filter(({ holds, isSaid }) => holds !== true && !isSaid);

test("what an honest server made holds in every line", () => {
  expect(unproved(weighPackage(honest))).toEqual([]);
});

/** What the forger did, what was made of the package, and the line that names it. */
const forgeries: [string, Partial<Package>, RegExp][] = [
  // The envelope.
  [
    "a byte of the signature",
    edited(({ dsseEnvelope: { signatures } }) => {
      const sig = Buffer.from(signatures[0].sig, "base64");
      sig[20] = (sig[20] ?? 0) ^ 1;
      signatures[0].sig = sig.toString("base64");
    }),
    /signature: the key \w{12} did not sign this/,
  ],
  [
    "a verdict in the payload",
    payloadWith('"verdict":"passed"', '"verdict":"failed"'),
    /signature: .* did not sign/,
  ],
  ["a byte of the payload", payloadWith('"round":1', '"round":2'), /signature: .* did not sign/],
  ["a commit in the payload", payloadWith("c".repeat(40), other), /signature: .* did not sign/],
  ["a tree in the payload", payloadWith(evidence.tree, other), /signature: .* did not sign/],
  ["an exit code in the payload", payloadWith('"exitCode":1', '"exitCode":0'), /signature: .* did not sign/],
  [
    "a log's hash in the payload",
    payloadWith(/"logSha256":"\w{64}"/, `"logSha256":"${"0".repeat(64)}"`),
    /did not sign/,
  ],
  ["a space in the payload", payloadWith('{"_type"', '{ "_type"'), /signature: .* did not sign/],
  [
    "the envelope of another payload type",
    edited(({ dsseEnvelope }) => {
      dsseEnvelope.payloadType = "application/vnd.in-toto.provenance+json";
    }),
    /statement: `dsseEnvelope\.payloadType` is not as in a bundle/,
  ],
  [
    "an envelope without a signature",
    edited(({ dsseEnvelope }) => {
      dsseEnvelope.signatures = [];
    }),
    /statement: `dsseEnvelope\.signatures` is not as/,
  ],
  [
    "an empty signature",
    edited(({ dsseEnvelope: { signatures } }) => {
      signatures[0].sig = "";
    }),
    /signature: .* did not sign/,
  ],
  [
    "two signatures of which the second is bad",
    edited(({ dsseEnvelope: { signatures } }) => signatures.push({ sig: encoded("no"), keyid: "" })),
    /statement: `dsseEnvelope\.signatures` is not as/,
  ],
  [
    "two signatures of which the first is bad",
    edited(({ dsseEnvelope: { signatures } }) => signatures.unshift({ sig: encoded("no"), keyid: "" })),
    /statement: `dsseEnvelope\.signatures` is not as/,
  ],
  [
    "a key's name inside the envelope, that cosign would look for",
    edited(({ dsseEnvelope: { signatures } }) => {
      signatures[0].keyid = "somebody";
    }),
    /statement: `dsseEnvelope\.signatures\.0\.keyid` is not as/,
  ],
  [
    "a signature in a base64 of its own spelling",
    edited(({ dsseEnvelope: { signatures } }) => {
      signatures[0].sig = signatures[0].sig.replace(/=*$/, "");
      signatures[0].sig += signatures[0].sig.length % 4 === 0 ? "=" : "";
    }),
    /statement: .* is not as/,
  ],
  [
    "an older version of the bundle",
    edited((bundle) => {
      bundle.mediaType = "application/vnd.dev.sigstore.bundle+json;version=0.1";
    }),
    /statement: `mediaType` is not as/,
  ],
  [
    "a certificate in the key's place",
    edited((bundle) => {
      bundle.verificationMaterial = { certificate: { rawBytes: encoded("mine") } };
    }),
    /statement: `verificationMaterial\.publicKey` is not as/,
  ],
  [
    "a field beside the envelope that nobody signed",
    edited((bundle) => {
      bundle.verdict = "passed";
    }),
    /statement: `verdict` is not as/,
  ],
  [
    "a payload that stands in the JSON twice",
    { bundle: honest.bundle.replace('"payload":', `"payload":"${encoded("{}")}","payload":`) },
    /statement: it is no JSON that every reader reads alike/,
  ],
  [
    "half of the bundle",
    { bundle: honest.bundle.slice(0, 400) },
    /statement: it is no JSON that every reader/,
  ],
  // The key.
  [
    "another key, named as what it is",
    bySelf(aStatement()),
    /signature: the key \w{12} is none of this server's/,
  ],
  [
    "another key under the name of the server's",
    { bundle: signed(aStatement(), { ...stranger, key: server }) },
    /signature: .* did not sign/,
  ],
  [
    "the name of another key of the server's over its signature",
    {
      ...edited((bundle) => {
        bundle.verificationMaterial.publicKey.hint = Buffer.from(stranger.key.sha256, "hex").toString(
          "base64",
        );
      }),
      keys: [server, stranger.key],
    },
    /signature: .* did not sign/,
  ],
  [
    "a key that was replaced before",
    serverKey({ until: "2026-11-25T00:00:00.000Z" }),
    /key's time: .* to 2026-11-25.* and this says 2026-11-27/,
  ],
  ["a key from before it was there", serverKey({ from: "2026-11-28T00:00:00.000Z" }), /key's time: /],
  [
    "a key that others have",
    serverKey({ revoked: "the disk was sold" }),
    /key's time: .* was revoked: the disk was sold/,
  ],
  // What the server signed, in another's place.
  [
    "the standard statement in the place of ours",
    {
      bundle: signed(
        buildTestResultStatement({
          ...{ evidence, text: honest.evidence, commit: { commit: "c".repeat(40), tree: evidence.tree } },
          ...{ repository: { owner: "acme", name: "slugger" }, historyHead: undefined, signedAt },
        }),
      ),
    },
    /statement: .* a statement of another kind \(https:\/\/in-toto\.io\/attestation\/test-result/,
  ],
  [
    "an older version of the statement",
    really((statement) => {
      Object.assign(statement, { predicateType: statement.predicateType.replace("-1.", "-0.") });
    }),
    /statement: .* a statement of another kind .*attestation-0/,
  ],
  [
    "an older kind of in-toto's",
    really((statement) => {
      Object.assign(statement, { _type: "https://in-toto.io/Statement/v0.1" });
    }),
    /statement: `_type` is not as Drafthorse writes it/,
  ],
  [
    "a signed key that stands in the JSON twice",
    { bundle: signed(JSON.stringify(aStatement()).replace('"verdict"', '"verdict":"failed","verdict"')) },
    /statement: its JSON is not as Drafthorse writes it/,
  ],
  [
    "the statement of another commit",
    really(({ subject }) => {
      subject[0].digest.gitCommit = other;
    }),
    /signed commit: there is no commit 9{40} here/,
  ],
  [
    "the statement of another tree",
    really(({ subject }) => {
      subject[1].digest.gitTree = other;
    }),
    /signed commit: c{40} has the tree .*, not 9{40}/,
  ],
  [
    "the statement of other evidence",
    really(({ subject, predicate }) => {
      subject[2].digest.sha256 = "0".repeat(64);
      predicate.evidence.sha256 = "0".repeat(64);
    }),
    /signed evidence: this is not the file that was signed/,
  ],
  [
    "a statement whose subject and predicate name different evidence",
    really(({ subject }) => {
      subject[2].digest.sha256 = "0".repeat(64);
    }),
    /signed evidence: this is not the file/,
  ],
  [
    "the statement of another attempt",
    really(({ predicate }) => {
      predicate.task.attempt = 2;
    }),
    /signed summary: verdict, rows, runs or tree are not those/,
  ],
  [
    "a statement with a subject more",
    really(({ subject }) => {
      (subject as object[]).push({ name: "other", digest: { gitCommit: other } });
    }),
    /statement: `subject` is not as/,
  ],
  // The repository.
  [
    "a commit that has another tree",
    { trees: { ["c".repeat(40)]: other } },
    /signed commit: c{40} has the tree 9{40}/,
  ],
  ["a repository without the commit", { trees: {} }, /signed commit: there is no commit/],
  [
    "a repository whose base has another tree",
    { repository: { ...honest.repository, baseTree: other } },
    /base tree: /,
  ],
  [
    "a commit that names other evidence",
    {
      repository: {
        ...honest.repository,
        commits: [{ commit: "c".repeat(40), tree: evidence.tree, evidenceSha256: "0".repeat(64) }],
      },
    },
    /commit: c{40} names the evidence 0{64}/,
  ],
  // The evidence.
  ["a verdict in the evidence", evidenceWith({ verdict: "needs-attention" }), /signed evidence: /],
  ["a cost in the evidence", evidenceWith({ agent: { ...evidence.agent, costUsd: 1 } }), /signed evidence: /],
  ["a row less in the evidence", evidenceWith({ checks: evidence.checks.slice(1) }), /signed evidence: /],
  ["another tree in the evidence", evidenceWith({ tree: other }), /signed summary: /],
  ["a file less in the evidence", evidenceWith({ files: [] }), /changed files: /],
  [
    "evidence without the logs' text, and with another verdict",
    { evidence: withoutLogText(honest.evidence.replace('"verdict": "passed"', '"verdict": "failed"')) },
    /signed evidence: this is not the file that was signed/,
  ],
  [
    "a verdict that stands in the evidence twice",
    { evidence: honest.evidence.replace('"verdict":', '"verdict": "failed",\n  "verdict":') },
    /signed evidence: /,
  ],
  // Logs and history.
  ["a cut log", { logs: new Map([...honest.logs, [log, sha256("cut")]]) }, /log .*: its SHA-256 is/],
  [
    "a line less at the history's end",
    joined(lines.slice(0, -1)),
    /history signed: it lacks the line that was signed/,
  ],
  [
    "two lines less at the history's end",
    joined(lines.slice(0, -2)),
    /history proved: it does not name this evidence/,
  ],
  [
    "a line less in the history's middle",
    joined(lines.filter((_, at) => at !== 1)),
    /history chain: line 2 is not/,
  ],
  ["a line less at the history's beginning", joined(lines.slice(1)), /history chain: line 1 is not/],
  [
    "a line of the history changed",
    joined(lines.map((line) => line.replace("trimmed", "rested"))),
    /history chain: line 2/,
  ],
  ["two lines of the history swapped", joined(lines.toSorted().toReversed()), /history chain: /],
  [
    "a history that was chained anew without a line",
    joined(
      chained(
        {
          task: aTask(),
          entries: lines
            .map((line) => HistoryLine.parse(JSON.parse(line)))
            .filter(({ what }) => what !== "trimmed")
            .map(({ sha256: _, ...entry }) => entry),
        },
        undefined,
      ).lines.map((line) => JSON.stringify(line)),
    ),
    /history signed: it lacks the line that was signed/,
  ],
  [
    "a history with half a line",
    { history: honest.history.slice(0, -30) },
    /history schema: line 4 is no line/,
  ],
];

describe("what a forger did is named, and nothing of it is accepted", () => {
  test.each(forgeries)("%s", (_, forged, named) => {
    const wrong = weighPackage({ ...honest, ...forged }).filter(({ holds }) => holds === false);

    expect(wrong.map(({ what, line }) => `${what}: ${line}`).join("\n")).toMatch(named);
    expect(wrong.every(({ repair }) => repair.length > 10)).toBe(true);
  });

  test("there are at least forty of them, each another", () => {
    expect(new Set(forgeries.map(([name]) => name)).size).toBeGreaterThanOrEqual(40);
  });
});

test("a byte changed anywhere in the bundle is found", () => {
  fc.assert(
    fc.property(
      fc.nat(honest.bundle.length - 1),
      fc.constantFrom("0", "A", "a", '"', "}", "="),
      (at, char) => {
        fc.pre(honest.bundle[at] !== char);
        const bundle = honest.bundle.slice(0, at) + char + honest.bundle.slice(at + 1);
        expect(weighPackage({ ...honest, bundle }).some(({ holds }) => holds === false)).toBe(true);
      },
    ),
  );
});

test("a statement of a key that was replaced later still holds", () => {
  const keys = [{ ...server, until: "2026-11-28T00:00:00.000Z" }, stranger.key];

  expect(unproved(weighPackage({ ...honest, keys }))).toEqual([]);
});

test("evidence without the logs' text is as signed as the whole", () => {
  const evidence = withoutLogText(honest.evidence);

  const weighed = weighPackage({ ...honest, evidence });

  expect(unproved(weighed)).toEqual([]);
  expect(weighed.find(({ what }) => what === "signed evidence")?.line).toContain(
    "but for the logs' own text",
  );
});

test("a signature that was left out is named where somebody named the key", () => {
  const told = (given: boolean) => unsigned({ keys: given ? honest.keys : [], given }).weighed[0];

  expect(told(true)).toMatchObject({ holds: false, line: "nobody signed what is here, and you named a key" });
  expect(told(false)).toMatchObject({ holds: undefined });
});

test("a statement about an earlier commit says nothing of the pull request's head", () => {
  const statement = aStatement();
  const head = { commit: "c".repeat(40), tree: evidence.tree };

  expect(weighHead(statement, head).holds).toBe(true);
  expect(weighHead(statement, { ...head, commit: other }).holds).toBe(false);
  expect(weighHead(statement, { ...head, tree: other }).holds).toBe(false);
  expect(weighHead(undefined, head).holds).toBe(undefined);
});
