import type { Measurement } from "../../domain/evidence/evidence.ts";
import { commandsOf } from "../../domain/task/brief.ts";

/** Whether what a run tells of its several commands is what the run itself ended with. */
export function agreeCommands({ command, commands, exit }: Measurement): boolean {
  if (!commands) return true;
  const all = commandsOf(command);
  const last = commands.at(-1);
  const named = commands.every((one, index) => one.command === all[index]);
  const before = commands.slice(0, -1).every((one) => one.endedBy === "itself" && one.exitCode === 0);
  const isGreen = exit.endedBy === "itself" && exit.exitCode === 0;
  const ended =
    last?.exitCode === exit.exitCode && last?.signal === exit.signal && last?.endedBy === exit.endedBy;
  return named && before && ended && (!isGreen || commands.length === all.length);
}
