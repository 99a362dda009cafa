import { Failure } from "../../domain/task/failure.ts";
import { splitWords } from "./split-words.ts";

/** The operator's `AGENT`: a shell line that edits the tree, or a program that speaks ACP over stdio. */
export type AgentCommand = { kind: "exec"; line: string } | { kind: "acp"; argv: string[] };

/** Reads the operator's `AGENT` setting; throws an `agent-unavailable` failure where it names no command. */
export function parseAgentCommand(text: string): AgentCommand {
  const line = text
    .trim()
    .replace(/^exec:/, "")
    .trim();
  if (line === "")
    throw new Failure(
      "agent-unavailable",
      "AGENT names no command: give a program that speaks ACP, or exec: and a command line.",
    );
  return text.trim().startsWith("exec:") ? { kind: "exec", line } : { kind: "acp", argv: splitWords(line) };
}
