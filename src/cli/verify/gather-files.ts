import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { sha256 } from "../../domain/attestation/build-statements.ts";
import { Evidence } from "../../domain/evidence/evidence.ts";
import { parseJson } from "../../domain/text/parse-json.ts";
import { readEvidence } from "../../proof/audit/read-evidence.ts";
import type { Anchor } from "../../proof/audit/weigh-history.ts";
import { readGiven } from "../read-given.ts";
import { UsageError } from "../usage-error.ts";
import type { GatheredPackage } from "./gathered.ts";
import { readKeys } from "./read-keys.ts";

/** The names under which the parts of one attempt lie side by side; the number is that of the attempt, if there is one. */
const names = {
  evidence: /^evidence(?<number>[^.]*)\.json$/,
  bundle: /^evidence(?<number>[^.]*)\.sigstore\.json$/,
  history: /^history(?<number>[^.]*)\.jsonl$/,
};

/** Gathers what lies beside a file that somebody named: evidence, or the signed statement about it. */
export async function gatherFiles(
  file: string,
  { key, repo }: { key?: string; repo?: string },
): Promise<GatheredPackage> {
  const wanted = "an evidence.json, evidence.sigstore.json or history.jsonl that Drafthorse wrote";
  const text = (await readGiven(file, wanted)).toString("utf8");
  const isBundle = file.endsWith(".sigstore.json");
  const evidence = isBundle ? await readBeside(file, "evidence<>.json") : text;
  const read = evidence === undefined ? undefined : readEvidence(checked(file, evidence));
  return {
    bundle: isBundle ? text : await readBeside(file, "evidence<>.sigstore.json"),
    keys: await readKeys(key, dirname(file)),
    evidence: read && "value" in read ? read : undefined,
    ...(read && "problem" in read && { problem: read.problem }),
    history: await readBeside(file, "history<>.jsonl"),
    questions: await readBeside(file, "questions<>.json"),
    ...{ beside: dirname(file), repository: repo, weighed: [] },
  };
}

/** What the evidence beside a history says of it. */
export async function anchorBeside(file: string): Promise<Anchor | undefined> {
  const text = await readBeside(file, "evidence<>.json");
  if (text === undefined) return undefined;
  const read = readEvidence(text);
  return { sha256: sha256(text), historySha256: "value" in read ? read.value.historySha256 : undefined };
}

/** Reads a file that lies beside another one of the same attempt; undefined where there is none. */
async function readBeside(file: string, name: string): Promise<string | undefined> {
  const number = Object.values(names)
    .map((pattern) => pattern.exec(basename(file))?.groups?.number)
    .find((found) => found !== undefined);
  const path = join(dirname(file), name.replace("<>", number ?? ""));
  return number !== undefined && existsSync(path) ? readFile(path, "utf8") : undefined;
}

/** The text of a file that has to hold JSON of the version that is read here; any other is a usage error. */
function checked(file: string, text: string): string {
  const value = parseJson(text);
  const repair = "Name the evidence.json that Drafthorse wrote, as it wrote it.";
  if (value === undefined) throw new UsageError(`${file} is no JSON, or only a part of it. ${repair}`);
  const version = typeof value === "object" && value !== null && "version" in value && value.version;
  if (typeof version !== "number") throw new UsageError(`${file} is no evidence. ${repair}`);
  if (version !== Evidence.shape.version.value)
    throw new UsageError(
      `${file} is evidence of version ${version}, and this Drafthorse reads version ${Evidence.shape.version.value}. Use the Drafthorse that wrote it.`,
    );
  return text;
}
