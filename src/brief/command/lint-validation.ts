import type { Problem } from "../../domain/task/brief.ts";
import { findInCommand } from "./lint-command.ts";
import { findInShape } from "./lint-shape.ts";
import { readShell, simpleCommands } from "./read-shell.ts";
import { type BrokenRule, renderLint } from "./render-lint.ts";

/** How deep a shell within a shell is followed. */
const shells = 3;

/** What makes a command unfit to prove anything, each by its own rule; without effects and without the repository. */
export function lintValidation(command: string, line = 1): Problem[] {
  const seen = new Set<string>();
  return findings(command, shells)
    .filter(({ rule }) => !seen.has(rule) && seen.add(rule))
    .map(({ rule, found = "" }) => renderLint(rule, { line, found }));
}

function findings(command: string, depth: number): BrokenRule[] {
  if (command.trim() === "") return [{ rule: "lint-empty" }];
  const { script, broken } = readShell(command);
  if (broken !== undefined) return [{ rule: "lint-unreadable", found: broken }];
  if (script.commands.length === 0) return [{ rule: "lint-empty" }];
  const commands = simpleCommands(script).map((one) => findInCommand(one));
  const inner = commands.flatMap((one) => one.inner);
  return [
    ...findInShape(script, command),
    ...commands.flatMap((one) => one.findings),
    ...inner.flatMap((text) =>
      depth > 0 ? findings(text, depth - 1) : [{ rule: "lint-unknown" as const, found: text }],
    ),
  ];
}
