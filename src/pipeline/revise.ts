import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { accept } from "./accept.ts";
import { followText } from "./follow-text.ts";

/** The text was edited → it is taken if it mends an incomplete brief and its editor may ask; else it is only shown. */
export async function revise(order: Extract<Command, { kind: "revise" }>, ports: Ports): Promise<void> {
  await accept(order, ports);
  const { repository, issue } = order;
  const look = () => ports.issues.read({ repository, number: issue.number });
  await followText({ repositoryId: repository.id, issueNumber: issue.number }, look, ports);
}
