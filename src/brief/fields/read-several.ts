import type { Problem } from "../../domain/task/brief.ts";
import { lintValidation } from "../command/lint-validation.ts";
import { readShell, simpleCommands } from "../command/read-shell.ts";
import { suggestCommand } from "../command/suggest-command.ts";
import { limits } from "./fields.ts";
import { installing, stateful } from "./phrase-words.ts";
import type { Read } from "./read-result.ts";
import { renderProblem } from "./render-problem.ts";

/** Several commands, one a line: each is linted by itself, and what is only for the next line is refused. */
export function readSeveral(commands: string[], line: number): Read<string> {
  const field = "validation";
  const joined = commands.join("\n");
  if (joined.length > limits.commandLength)
    return { problems: [renderProblem("command-long", { line, field })] };
  const problems = commands.flatMap((command) => lintOne(command, line));
  const { length: other } = commands;
  if (other > limits.commands)
    problems.push(renderProblem("command-many", { line, field, other, most: limits.commands }));
  if (problems.length === 0) return { value: joined, problems };
  const meant = proposed(commands);
  return { problems, ...(meant !== undefined && { value: meant }) };
}

function lintOne(command: string, line: number): Problem[] {
  const about = { line, field: "validation" as const, found: command };
  if (isOnlyState(command)) return [renderProblem("command-state", about)];
  if (isInstall(command)) return [renderProblem("command-install", about)];
  return lintValidation(command, line);
}

/** Joins what changes the shell to what follows it, leaves installations out, and mends the rest. */
function proposed(commands: string[]): string | undefined {
  const lines: string[] = [];
  let state = "";
  for (const command of commands) {
    if (isInstall(command)) continue;
    if (isOnlyState(command)) state += `${command} && `;
    else lines.push(`${state}${command}`);
    // A directory that was changed to stays for all that follows; so does a variable.
  }
  const mended = lines.map((one) => suggestCommand(one));
  const isWhole = mended.length > 0 && mended.length <= limits.commands && !mended.includes(undefined);
  return isWhole ? mended.join("\n") : undefined;
}

/** Whether a line does nothing but change the shell that runs it: `cd web`, `export CI=1`, `CI=1`. */
function isOnlyState(command: string): boolean {
  const { script, broken } = readShell(command);
  if (broken !== undefined || script.commands.length !== 1) return false;
  const [only, ...others] = simpleCommands(script);
  if (!only || others.length > 0) return false;
  return only.argv.length === 0 ? only.env.length > 0 : stateful.includes(only.argv[0] ?? "");
}

function isInstall(command: string): boolean {
  const words = command.trim().replace(/\s+/g, " ");
  return installing.some((one) => words === one || words.startsWith(`${one} `));
}
