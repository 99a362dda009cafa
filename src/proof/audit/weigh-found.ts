import { sha256 } from "../../domain/attestation/build-statements.ts";
import type { ObjectId } from "../../domain/evidence/change.ts";
import { Questions } from "../../domain/evidence/questions.ts";
import { HistoryLine } from "../../domain/task/task.ts";
import { parseJson } from "../../domain/text/parse-json.ts";
import { listSaid } from "./list-said.ts";
import { type FoundEvidence, problemOf } from "./read-evidence.ts";
import { weighEvidence } from "./weigh-evidence.ts";
import { type Anchor, weighHistory } from "./weigh-history.ts";
import { weighQuestions } from "./weigh-questions.ts";
import type { RepositoryFacts } from "./weigh-repository.ts";
import { type OpenedStatement, weighStatement } from "./weigh-statement.ts";
import type { Weighed } from "./weighed.ts";

/** All that somebody has of an attempt; `logs` are the hashes of the log files that were found, by artefact name. */
export type Found = {
  opened: OpenedStatement;
  evidence: FoundEvidence | undefined;
  logs: Map<string, string>;
  repository: RepositoryFacts | undefined;
  /** The tree of the signed commit as a repository has it; null: it has no such commit; undefined: nobody looked. */
  commitTree: ObjectId | null | undefined;
  history: string | undefined;
  questions?: string | undefined;
};

/** Holds each part against the others, and says of what is missing that nobody looked. */
export function weighFound(found: Found): Weighed[] {
  const { opened, evidence, history } = found;
  const { statement } = opened;
  const file = evidence
    ? weighFile(evidence, found)
    : [notFound("evidence", "Put evidence.json beside the statement.")];
  return [
    ...opened.weighed,
    ...(statement ? weighStatement(statement, found) : []),
    ...file,
    ...(history === undefined
      ? [notFound("history", "Put the task's history beside the evidence.")]
      : weighHistoryText(history, anchorOf(found)).map((one) => ({ ...one, what: `history ${one.what}` }))),
    ...weighQuestionsText(found),
    ...(evidence ? listSaid(evidence.value, file) : []),
  ];
}

function notFound(what: string, repair: string): Weighed {
  return { what, holds: undefined, line: "not found", repair };
}

function weighFile(evidence: FoundEvidence, found: Found): Weighed[] {
  const { value } = evidence;
  const hash = wholeHash(found) ?? sha256(evidence.text);
  const how = evidence.isCut ? ", without the logs' own text" : `, SHA-256 ${hash}`;
  const schema = { what: "schema", holds: true, line: `version ${value.version}${how}`, repair: "" };
  return [schema, ...weighEvidence(value, { ...found, sha256: hash })];
}

/** The hash of the whole file: what is cut has it by the word of the signed statement alone. */
function wholeHash({ opened, evidence }: Found): string | undefined {
  if (!evidence?.isCut) return evidence && sha256(evidence.text);
  const signed = opened.statement?.predicate.evidence;
  return signed?.withoutLogTextSha256 === sha256(evidence.text) ? signed.sha256 : undefined;
}

function anchorOf(found: Found): Anchor | undefined {
  const { evidence, opened } = found;
  const hash = wholeHash(found) ?? opened.statement?.predicate.evidence.sha256;
  if (hash === undefined) return undefined;
  return {
    sha256: hash,
    historySha256: evidence?.value.historySha256,
    signedSha256: opened.statement?.predicate.historySha256 ?? undefined,
  };
}

/** The questions that lie beside evidence, held against it and the history. */
function weighQuestionsText(found: Found): Weighed[] {
  const { questions: text, history = "" } = found;
  if (text === undefined) return [];
  const told = Questions.safeParse(parseJson(text));
  if (!told.success) {
    const repair = "Name a file that Drafthorse wrote, as it wrote it.";
    return [{ what: "questions schema", holds: false, line: problemOf(told.error), repair }];
  }
  const hashes = { sha256: sha256(text), evidenceSha256: wholeHash(found) ?? "" };
  return weighQuestions({ questions: told.data, ...hashes }, readableLines(history));
}

/** The lines of a history that can be read. */
function readableLines(text: string): HistoryLine[] {
  return parseHistory(text).flatMap(({ data }) => data ?? []);
}

function parseHistory(text: string) {
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => HistoryLine.safeParse(parseJson(line)));
}

/** Holds a history, as it lies on a disk, against its own chain and what is said of it. */
export function weighHistoryText(text: string, anchor: Anchor | undefined): Weighed[] {
  const lines = parseHistory(text);
  const bad = lines.findIndex(({ success }) => !success);
  if (bad !== -1) {
    const repair = "Name a file that Drafthorse wrote, as it wrote it.";
    return [{ what: "schema", holds: false, line: `line ${bad + 1} is no line of a history.`, repair }];
  }
  return weighHistory(
    lines.flatMap(({ data }) => data ?? []),
    anchor,
  );
}
