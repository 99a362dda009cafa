import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { z } from "zod";
import { hashFile } from "../adapters/host/hash-file.ts";
import { readProofFacts } from "../adapters/local/read-proof-facts.ts";
import { Evidence } from "../domain/evidence/evidence.ts";
import { Questions } from "../domain/evidence/questions.ts";
import { HistoryLine } from "../domain/task/task.ts";
import { weighEvidence } from "../proof/audit/weigh-evidence.ts";
import { type Anchor, weighHistory } from "../proof/audit/weigh-history.ts";
import { logsOf } from "../proof/audit/weigh-logs.ts";
import { weighQuestions } from "../proof/audit/weigh-questions.ts";
import type { Weighed } from "../proof/audit/weighed.ts";
import { givenRepository } from "./given-repository.ts";
import { readGiven } from "./read-given.ts";
import { colours, say } from "./say.ts";
import { orUsageError, UsageError } from "./usage-error.ts";

/** What `drafthorse verify` may be told. */
export type VerifyOptions = { repo?: string; log?: string[]; json?: boolean };

/** Holds evidence, or a history (`.jsonl`), against all that is at hand; exit code 1 if anything does not hold. */
export async function verify(file: string, options: VerifyOptions): Promise<void> {
  const text = await readGiven(file, "an evidence.json or history.jsonl that Drafthorse wrote");
  const weighed = file.endsWith(".jsonl")
    ? await verifyHistory(file, text.toString("utf8"))
    : await verifyEvidence(file, { text, options });
  if (options.json) say(JSON.stringify(weighed, null, 2));
  else for (const one of weighed) tell(one);
  process.exitCode = weighed.some(({ holds }) => holds === false) ? 1 : 0;
}

async function verifyEvidence(
  file: string,
  { text, options }: { text: Buffer; options: VerifyOptions },
): Promise<Weighed[]> {
  const parsed = parse(Evidence, jsonOf(file, text.toString("utf8")));
  if ("problem" in parsed) return [unreadable(parsed.problem)];
  const evidence = parsed.value;
  const local = options.repo === undefined ? undefined : await givenRepository(options.repo);
  const sha256 = hashOf(text);
  const repository = local && (await readProofFacts(local.gitDir, evidence));
  const named = await hashAll(options.log ?? []);
  const logs = await findLogs(evidence, { beside: dirname(file), named });
  const schema = {
    what: "schema",
    holds: true,
    line: `version ${evidence.version}, SHA-256 ${sha256}`,
    repair: "",
  };
  const anchor = { sha256, historySha256: evidence.historySha256 };
  return [
    ...[schema, ...weighEvidence(evidence, { sha256, logs, repository }), ...strangers(named, logs)],
    ...(await historyBeside(file, anchor)),
    ...(await questionsBeside(file, sha256)),
  ];
}

/** The hash of evidence as it was written: a copy may have other ends of lines, or lack the last one. */
function hashOf(text: Buffer): string {
  const written = `${text.toString("utf8").replaceAll("\r\n", "\n").trimEnd()}\n`;
  return createHash("sha256").update(written).digest("hex");
}

type Hashed = { path: string; sha256: string };

function hashAll(paths: string[]): Promise<Hashed[]> {
  const repair = "Name a log file by --log.";
  const hash = (path: string) => orUsageError(hashFile(path), { path, repair });
  return Promise.all(paths.map(async (path) => ({ path, sha256: (await hash(path)).sha256 })));
}

/** A log that was named and is none of the evidence's. */
function strangers(named: Hashed[], logs: Map<string, string>): Weighed[] {
  const known = new Set(logs.values());
  const repair = "Name only logs of this attempt.";
  return named
    .filter(({ sha256 }) => !known.has(sha256))
    .map(({ path }) => ({
      what: `log ${path}`,
      holds: false,
      line: "it is no log of this evidence",
      repair,
    }));
}

/** Logs lie beside the evidence under the names of `drafthorse run` or of the store, or are named one by one. */
async function findLogs(
  evidence: Evidence,
  { beside, named }: { beside: string; named: Hashed[] },
): Promise<Map<string, string>> {
  const found = await Promise.all(
    logsOf(evidence).map(async ({ log, sha256: told }) => {
      const names = [basename(log), basename(log).replace(/-\d+\.log$/, ".log")];
      const path = names.map((name) => join(beside, name)).find((candidate) => existsSync(candidate));
      const given =
        named.find(({ sha256 }) => sha256 === told) ??
        named.find((one) => names.includes(basename(one.path)));
      const [sha256] = given ? [given.sha256] : (await hashAll(path ? [path] : [])).map((one) => one.sha256);
      return sha256 === undefined ? [] : [[log, sha256] as const];
    }),
  );
  return new Map(found.flat());
}

/** The history that lies beside evidence, `history-1.jsonl` beside `evidence-1.json`, held against it. */
async function historyBeside(file: string, anchor: Anchor): Promise<Weighed[]> {
  const path = besides(file, /^evidence(?<number>.*)\.json$/, "history$<number>.jsonl");
  const repair = "Put the task's history beside the evidence.";
  if (!path) return [{ what: "history", holds: undefined, line: "not found", repair }];
  const weighed = weighText(await readFile(path, "utf8"), anchor);
  return weighed.map((one) => ({ ...one, what: `history ${one.what}` }));
}

/** The questions that lie beside evidence, `questions-1.json` beside `evidence-1.json`, held against it and the history. */
async function questionsBeside(file: string, evidenceSha256: string): Promise<Weighed[]> {
  const path = besides(file, /^evidence(?<number>.*)\.json$/, "questions$<number>.json");
  if (!path) return [];
  const text = await readFile(path);
  const told = parse(Questions, json(text.toString("utf8")));
  if ("problem" in told) return [{ ...unreadable(told.problem), what: "questions schema" }];
  const beside = besides(file, /^evidence(?<number>.*)\.json$/, "history$<number>.jsonl");
  const history = beside ? linesOf(await readFile(beside, "utf8")) : [];
  return weighQuestions({ questions: told.value, sha256: hashOf(text), evidenceSha256 }, history);
}

/** The lines of a history that can be read. */
function linesOf(text: string): HistoryLine[] {
  const lines = text.split("\n").filter(Boolean);
  return lines
    .map((line) => parse(HistoryLine, json(line)))
    .flatMap((line) => ("value" in line ? [line.value] : []));
}

/** A file that lies beside another one under a name that follows from the other's. */
function besides(file: string, name: RegExp, other: string): string | undefined {
  const path = join(dirname(file), basename(file).replace(name, other));
  return name.test(basename(file)) && existsSync(path) ? path : undefined;
}

async function verifyHistory(file: string, text: string): Promise<Weighed[]> {
  return weighText(text, await anchorBeside(file));
}

function weighText(text: string, anchor: Anchor | undefined): Weighed[] {
  const lines = text
    .split("\n")
    .filter(Boolean)
    .map((line) => parse(HistoryLine, json(line)));
  const bad = lines.findIndex((line) => "problem" in line);
  if (bad !== -1) return [unreadable(`line ${bad + 1} is no line of a history.`)];
  const history = lines.flatMap((line) => ("value" in line ? [line.value] : []));
  return weighHistory(history, anchor);
}

async function anchorBeside(file: string): Promise<Anchor | undefined> {
  const path = besides(file, /^history(?<number>.*)\.jsonl$/, "evidence$<number>.json");
  if (!path) return undefined;
  const text = await readFile(path);
  const evidence = parse(Evidence, json(text.toString("utf8")));
  const sha256 = hashOf(text);
  return { sha256, historySha256: "value" in evidence ? evidence.value.historySha256 : undefined };
}

/** The value of a file that has to hold JSON of the version that is read here; any other is a usage error. */
function jsonOf(file: string, text: string): unknown {
  const value = json(text);
  const repair = "Name the evidence.json that Drafthorse wrote, as it wrote it.";
  if (value === undefined) throw new UsageError(`${file} is no JSON, or only a part of it. ${repair}`);
  const version = typeof value === "object" && value !== null && "version" in value && value.version;
  if (typeof version !== "number") throw new UsageError(`${file} is no evidence. ${repair}`);
  if (version !== Evidence.shape.version.value)
    throw new UsageError(
      `${file} is evidence of version ${version}, and this Drafthorse reads version ${Evidence.shape.version.value}. Use the Drafthorse that wrote it.`,
    );
  return value;
}

/** Undefined for what is no JSON, which no JSON is. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parse<T>(shape: z.ZodType<T>, value: unknown): { value: T } | { problem: string } {
  const parsed = shape.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  const [first] = parsed.error.issues;
  const where = first?.path.join(".");
  return { problem: `${where ? `\`${where}\`` : "the whole"} is not as Drafthorse writes it.` };
}

function unreadable(line: string): Weighed {
  return { what: "schema", holds: false, line, repair: "Name a file that Drafthorse wrote, as it wrote it." };
}

function tell({ what, holds, line, repair }: Weighed): void {
  const sign = holds === undefined ? colours.dim("-") : holds ? colours.green("✓") : colours.red("✗");
  say(`${sign} ${what}: ${line}${holds === true ? "" : ` ${colours.dim(repair)}`}`);
}
