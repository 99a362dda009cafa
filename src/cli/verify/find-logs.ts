import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { hashFile } from "../../adapters/host/hash-file.ts";
import type { Evidence } from "../../domain/evidence/evidence.ts";
import { logsOf } from "../../proof/audit/weigh-logs.ts";
import type { Weighed } from "../../proof/audit/weighed.ts";
import { orUsageError } from "../usage-error.ts";

type Hashed = { path: string; sha256: string };

/** The hashes of the logs that were found, by artefact name, and those that were named and are none of the evidence's. */
export async function findNamedLogs(
  evidence: Evidence | undefined,
  { beside, named }: { beside: string | undefined; named: string[] },
): Promise<{ logs: Map<string, string>; strangers: Weighed[] }> {
  const hashed = await hashAll(named);
  const logs = evidence ? await findLogs(evidence, { beside, named: hashed }) : new Map<string, string>();
  return { logs, strangers: strangersOf(hashed, logs) };
}

function hashAll(paths: string[]): Promise<Hashed[]> {
  const repair = "Name a log file by --log.";
  const hash = (path: string) => orUsageError(hashFile(path), { path, repair });
  return Promise.all(paths.map(async (path) => ({ path, sha256: (await hash(path)).sha256 })));
}

function strangersOf(named: Hashed[], logs: Map<string, string>): Weighed[] {
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
  { beside, named }: { beside: string | undefined; named: Hashed[] },
): Promise<Map<string, string>> {
  const found = await Promise.all(
    logsOf(evidence).map(async ({ log, sha256: told }) => {
      const names = [basename(log), basename(log).replace(/-\d+\.log$/, ".log")];
      const places = beside === undefined ? [] : names.map((name) => join(beside, name));
      const path = places.find((candidate) => existsSync(candidate));
      const given =
        named.find(({ sha256 }) => sha256 === told) ??
        named.find((one) => names.includes(basename(one.path)));
      const [sha256] = given ? [given.sha256] : (await hashAll(path ? [path] : [])).map((one) => one.sha256);
      return sha256 === undefined ? [] : [[log, sha256] as const];
    }),
  );
  return new Map(found.flat());
}
