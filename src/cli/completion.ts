import type { Command } from "commander";
import { type CompletedCommand, type CompletedShell, renderCompletion } from "./render-completion.ts";
import { say } from "./say.ts";

/** Prints what a shell evaluates to complete this program's commands, options and choices. */
export function completion(shell: CompletedShell, program: Command): void {
  say(renderCompletion(shell, { name: program.name(), commands: program.commands.map(completed) }));
}

function completed(command: Command): CompletedCommand {
  const options = command.createHelp().visibleOptions(command);
  return {
    name: command.name(),
    description: command.description(),
    options: options.flatMap(({ long, description, required, optional }) =>
      long ? [{ flag: long, description, takesValue: required || optional }] : [],
    ),
    choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
}
