import { commandsOf } from "../task/brief.ts";
import { inlineCode } from "../text/escape-markdown.ts";
import type { Measurement } from "./evidence.ts";

/** The commands of a validation in a sentence, as Markdown. */
export function nameCommands(validation: string): string {
  return commandsOf(validation).map(inlineCode).join(", then ");
}

/** The command of a run that did not succeed, where there are several. */
export function failedCommand({ commands = [] }: Measurement): string | undefined {
  const last = commands.at(-1);
  return last && (last.endedBy !== "itself" || last.exitCode !== 0) ? last.command : undefined;
}

/** The commands of a run that were not run, since one before them failed. */
export function unrunCommands({ command, commands }: Measurement): string[] {
  return commands ? commandsOf(command).slice(commands.length) : [];
}
