import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { parseJson } from "../../domain/text/parse-json.ts";
import type { AgentExam } from "../../ports/doctor.ts";
import { findExecutable, usualPath } from "./locate-program.ts";
import { type AgentChoice, programOf } from "./open-agent.ts";
import { parseAgentCommand } from "./parse-agent-command.ts";
import { presetOf } from "./presets.ts";

const Manifest = z.object({ version: z.string() });

/** An agent as it is configured, and where the service itself looks for programs. */
type AgentPlace = Pick<AgentChoice, "command" | "environment"> & {
  name: string;
  ownPath: string | undefined;
};

/** Looks whether an agent's program is there and what its package says of its version; nothing of it is run. */
export async function examineAgent({ name, command, environment, ownPath }: AgentPlace): Promise<AgentExam> {
  const preset = presetOf(command.trim());
  const tried = /@(?<version>\d[\w.-]*)$/.exec(preset?.install ?? "")?.groups?.version ?? null;
  const program = programOf(parseAgentCommand(preset?.command ?? command));
  const exam = { name, version: null, tried, problem: undefined };
  if (program === undefined) return { ...exam, program: "a line of a shell" };
  const file = await findExecutable(program, environment.PATH);
  if (file !== null) return { ...exam, program: basename(program), version: await versionOf(dirname(file)) };
  const why = `its program "${program}" was not found in ${environment.PATH === undefined ? usualPath : "the PATH that AGENT_ENV gives it"}`;
  // An agent sees nothing of our environment that is not named, and npm's global folder is seldom in the usual PATH.
  const isOurs = environment.PATH === undefined && (await findExecutable(program, ownPath)) !== null;
  const repair = isOurs
    ? "It is in the service's own PATH: name PATH in AGENT_ENV, so that the agent has that too."
    : installing(preset?.install);
  return { ...exam, program, problem: { why, repair } };
}

function installing(install: string | undefined): string {
  if (install === undefined) return "Install it where the service's PATH leads, or correct AGENT.";
  return install.startsWith("npm ") ? `\`${install}\`` : `To install it, ${install}.`;
}

/** The version in the nearest `package.json` that has one. */
async function versionOf(folder: string): Promise<string | null> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
  const { data } = Manifest.safeParse(parseJson(text));
  if (data) return data.version;
  return folder === dirname(folder) ? null : versionOf(dirname(folder));
}
