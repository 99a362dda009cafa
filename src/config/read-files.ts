import { readFileSync, statSync } from "node:fs";
import type { OperatorFile } from "../domain/rules/operator-file.ts";
import type { Environment } from "../policy/environment.ts";
import { agentNames } from "../policy/name-agents.ts";
import { parseOperatorFile } from "../policy/parse-operator-file.ts";
import { parsePrivateKey } from "../policy/parse-private-key.ts";
import type { MachineFiles } from "../policy/resolve-ways-out.ts";

/** The App's private key as PEM, or what is wrong with it. */
export function readPrivateKey({
  PRIVATE_KEY,
  PRIVATE_KEY_PATH,
}: Environment): { text: string } | { problem: string } {
  const repair =
    "Set PRIVATE_KEY to the PEM text, or PRIVATE_KEY_PATH to the file that GitHub let you download.";
  const text = PRIVATE_KEY ?? readText(PRIVATE_KEY_PATH);
  if (text === undefined) return { problem: `The App's private key cannot be read. ${repair}` };
  const pem = parsePrivateKey(text);
  return pem === undefined ? { problem: `The App's private key is no PEM text. ${repair}` } : { text: pem };
}

/** The operator's file. An agent that is set by its name is one by which briefs may choose it. */
export function readOperatorFile({
  DRAFTHORSE_CONFIG: path,
  AGENT,
}: Pick<Environment, "DRAFTHORSE_CONFIG" | "AGENT">): { value: OperatorFile } | { problems: string[] } {
  const text = path === undefined ? "" : readText(path);
  if (text === undefined)
    return {
      problems: [`DRAFTHORSE_CONFIG: ${path} cannot be read. Name a file that is there, or unset it.`],
    };
  const parsed = parseOperatorFile(text, path ?? "");
  if ("problems" in parsed)
    return {
      problems: parsed.problems.map(
        ({ file, line, message, repair }) => `${file}:${line}: ${message} ${repair}`,
      ),
    };
  const named = Object.fromEntries(agentNames(AGENT ?? "").map((name) => [name, { command: name }]));
  return { value: { ...parsed.value, agents: { ...named, ...parsed.value.agents } } };
}

function readText(path: string | undefined): string | undefined {
  try {
    return path && readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** The files of this machine that configuration of others names. */
export const machineFiles: MachineFiles = {
  has: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
  read: (path) => (machineFiles.has(path) ? readFileSync(path, "utf8") : undefined),
};
