import { chmod, mkdir, readFile } from "node:fs/promises";
import * as https from "node:https";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { type Authorities, authorityVariables } from "../../domain/host/authorities.ts";
import { writeWhole } from "../host/write-whole.ts";

/**
 * Whom commands with a way out trust: variables for every tool, and the files that must be shown for that. `bundle` is the
 * one file that all of them name.
 */
export type Trust = {
  environment: Record<string, string>;
  files: string[];
  bundle: string | undefined;
};

/** Nobody beside those whom each tool trusts by itself. */
export const noTrust: Trust = { environment: {}, files: [], bundle: undefined };

/**
 * Makes one file of all authorities of this machine, for a tool takes only one and each of our settings may name another. Where
 * settings name some beside the system's, our own process trusts them as well: Node reads only one variable, and that at
 * its start.
 */
export async function openTrust({ bundle, named }: Authorities, directory: string): Promise<Trust> {
  if (named.length === 0) return bundle === undefined ? noTrust : trustIn(bundle, []);
  const system = bundle === undefined ? rootCertificates.join("\n") : await readAuthority(bundle);
  const all = [system, ...(await Promise.all(named.map(readAuthority)))].join("\n");
  const file = join(directory, "authorities.pem");
  await mkdir(directory, { recursive: true });
  await writeWhole(file, `${all}\n`);
  // The user of a sandbox is another than ours.
  await chmod(file, 0o644);
  https.globalAgent.options.ca = [...rootCertificates, all];
  return trustIn(file, [file]);
}

function trustIn(file: string, files: string[]): Trust {
  return {
    environment: Object.fromEntries(authorityVariables.map((name) => [name, file])),
    files,
    bundle: file,
  };
}

async function readAuthority(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const repair = `Let this user read it, or set none of ${authorityVariables.join(", ")} to it.`;
    throw new Error(`${file} cannot be read. ${repair}`, { cause });
  }
}
