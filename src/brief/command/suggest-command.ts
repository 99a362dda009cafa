import type { Statement } from "unbash";
import { lintValidation } from "./lint-validation.ts";
import { readShell } from "./read-shell.ts";
import { straighten } from "./straighten.ts";

/** The command that was probably meant, if leaving out what the lint refuses gives one that it accepts. */
export function suggestCommand(given: string): string | undefined {
  if (lintValidation(given).some(({ rule }) => rule === "lint-network-shell")) return undefined;
  const command = straighten(given);
  const kept = readShell(command)
    .script.commands.map((statement) => honestPart(statement, command))
    .filter((part) => lintValidation(part).length === 0);
  const suggestion = kept.join(" && ");
  return suggestion !== "" && lintValidation(suggestion).length === 0 ? suggestion : undefined;
}

/** A statement without what follows its first `||` or a pipe, without `sudo`, and without its watch mode. */
function honestPart({ command }: Statement, source: string): string {
  const first = command.type === "AndOr" ? command.operators.indexOf("||") : -1;
  const last = command.type === "AndOr" && first >= 0 ? command.commands[first] : command;
  const piped = last?.type === "Pipeline" ? last.commands[0] : last;
  return source
    .slice(command.pos, piped?.end ?? command.end)
    .replace(/^(?:sudo|doas)\s+(?:-[ug]\s+\S+\s+|-[A-Za-z]+\s+)*/, "")
    .replace(/\s--watch(?:All)?(?=\s|$)/g, "")
    .replace(/\bvitest(?: (?:watch|dev))?(?= |$)(?! run)/, "vitest run")
    .replace(/^tsc -w$/, "tsc --noEmit");
}
