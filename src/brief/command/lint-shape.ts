import type { AndOr, CommandNode, Pipeline, Redirection, Script, Statement, SyntaxNode } from "unbash";
import { redirectionsOf, shellNodes, simple } from "./read-shell.ts";
import type { BrokenRule } from "./render-lint.ts";
import { innermost } from "./unwrap-command.ts";

/**
 * How the commands of a line are joined. `a && b` stays one command: it succeeds only if all do, so its exit code is
 * honest. `a; b`, `a || b` and a pipe into something that always succeeds are not.
 */
export function findInShape(script: Script, source: string): BrokenRule[] {
  const { commands } = script;
  const last = commands.at(-1);
  const exits = commands.length > 1 && last !== undefined && isExitZero(last);
  const rest = exits ? commands.slice(0, -1) : commands;
  return [
    ...(exits ? [{ rule: "lint-exit-zero" as const }] : []),
    ...(rest.length > 1 ? [{ rule: "lint-several" as const }] : []),
    ...(last?.background ? [{ rule: "lint-background" as const }] : []),
    ...alwaysGreen(last, source),
    ...shellNodes(script).flatMap((node) => findInNode(node, source)),
    ...redirectionsOf(script).flatMap(findInRedirection),
  ];
}

function findInNode(node: SyntaxNode, source: string): BrokenRule[] {
  switch (node.type) {
    case "AndOr":
      return findOr(node, source);
    case "Pipeline":
      return findPipe(node);
    case "CompoundList":
      return node.commands.length > 1 ? [{ rule: "lint-several" }] : [];
    case "If":
    case "For":
    case "ArithmeticFor":
    case "Select":
    case "While":
    case "Case":
    case "Function":
    case "Coproc":
      return [
        { rule: "lint-compound", found: node.type === "ArithmeticFor" ? "for" : node.type.toLowerCase() },
      ];
    default:
      return [];
  }
}

/** `|| true` and its like; any other `||` lets a second command decide for the first. */
function findOr({ commands, operators }: AndOr, source: string): BrokenRule[] {
  const at = operators.indexOf("||");
  const after = commands[at + 1];
  if (at < 0 || !after) return [];
  const found = `|| ${source.slice(after.pos, after.end)}`;
  const green = after.type === "Command" && alwaysSucceeds(innermost(simple(after).argv));
  return [{ rule: green ? "lint-always-green" : "lint-or", found }];
}

/** The last of a line, if it is nothing that could fail. */
function alwaysGreen(last: Statement | undefined, source: string): BrokenRule[] {
  const command = last?.command;
  const end =
    command?.type === "AndOr" && !command.operators.includes("||") ? command.commands.at(-1) : command;
  const alone = command?.type !== "AndOr";
  if (end?.type !== "Command" || !alwaysSucceeds(innermost(simple(end).argv))) return [];
  if (!alone || (last && isExitZero(last) && source.trim() !== "exit 0")) return [];
  return [{ rule: "lint-always-green", found: source.slice(end.pos, end.end) }];
}

function alwaysSucceeds([name = "", ...args]: string[]): boolean {
  if (/^(?:true|:|echo|printf)$/.test(name)) return true;
  return name === "exit" && (args.length === 0 || args[0] === "0");
}

function isExitZero({ command }: Statement): boolean {
  if (command.type !== "Command") return false;
  const [name, code = "0"] = simple(command).argv;
  return name === "exit" && code === "0";
}

/** Programs that take anything in and succeed. */
const swallowing =
  /^(?:tee|cat|head|tail|less|more|sort|uniq|wc|sed|awk|tr|cut|column|true|fold|nl|ts|xargs|jq)$/;
const network = /^(?:curl|wget|fetch|http|https|nc|ncat|aria2c)$/;
const interpreter = /^(?:(?:ba|da|z|k|c|tc|fi)?sh|python[\d.]*|node|deno|bun|perl|ruby|php|pwsh)$/;

function findPipe({ commands }: Pipeline): BrokenRule[] {
  const names = commands.map(programName);
  const last = names.at(-1) ?? "";
  const fetched = names.findIndex((name) => network.test(name));
  const runs = names.find((name, at) => fetched >= 0 && at > fetched && interpreter.test(name));
  return [
    ...(runs === undefined ? [] : [{ rule: "lint-network-shell" as const, found: runs }]),
    ...(commands.length > 1 && swallowing.test(last) ? [{ rule: "lint-pipe" as const, found: last }] : []),
  ];
}

function programName(node: CommandNode): string {
  return node.type === "Command" ? (innermost(simple(node).argv)[0] ?? "") : "";
}

const harmless = /^\/dev\/(?:null|stdout|stderr|stdin|fd\/\d+)$/;

function findInRedirection(redirection: Redirection): BrokenRule[] {
  if (redirection.type !== "Redirect") return [];
  const { target, operator } = redirection;
  if (!target || harmless.test(target.value)) return [];
  if ((operator === ">&" || operator === "<&") && /^(?:\d+-?|-)$/.test(target.value)) return [];
  return isOutside(target.value, target.text) ? [{ rule: "lint-redirect", found: target.text }] : [];
}

/** What begins with a variable, a home or the root, or climbs out, may lie anywhere. */
function isOutside(value: string, text: string): boolean {
  if (/^["']?(?:\/|~|\$|`)/.test(text) || value.startsWith("/")) return true;
  let depth = 0;
  for (const part of value.split("/")) {
    if (part === "..") depth--;
    else if (part !== "." && part !== "") depth++;
    if (depth < 0) return true;
  }
  return false;
}
