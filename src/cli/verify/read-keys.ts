import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describeKey, type KnownKey, KnownKeys } from "../../domain/attestation/known-keys.ts";
import { parseJson } from "../../domain/text/parse-json.ts";
import type { TrustedKeys } from "../../proof/audit/weigh-statement.ts";
import { readGiven } from "../read-given.ts";
import { UsageError } from "../usage-error.ts";

/** Before any signature: a key of which nobody says since when it is used. */
const everSince = "1970-01-01T00:00:00.000Z";

/** The keys that somebody named, else those that lie beside the statement, else none. */
export async function readKeys(named: string | undefined, beside: string | undefined): Promise<TrustedKeys> {
  const wanted = "the server's keys.json, or a public key in PEM (Ed25519 or ECDSA P-256)";
  if (named !== undefined) {
    const keys = parseKeys((await readGiven(named, wanted)).toString("utf8"));
    if (!keys) throw new UsageError(`${named} is no list of keys and no key that may sign. Name ${wanted}.`);
    return { keys, given: true };
  }
  const places = beside === undefined ? [] : ["keys.json", "key.pem"].map((name) => join(beside, name));
  const path = places.find((place) => existsSync(place));
  return { keys: (path && parseKeys(await readFile(path, "utf8"))) || [], given: false };
}

/** The keys of a text: a list as the server publishes it, or one key in PEM; undefined for anything else. */
export function parseKeys(text: string): KnownKey[] | undefined {
  const list = KnownKeys.safeParse(parseJson(text));
  if (list.success) return list.data.keys.filter((key) => describeKey(key.publicKey)?.sha256 === key.sha256);
  const key = describeKey(text);
  return key && [{ ...key, from: everSince, until: null }];
}
