import { isLabel } from "../domain/task/is-label.ts";
import type { Issue } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import { type Admission, judgeAdmission } from "./judge-admission.ts";
import type { Command } from "./read-command.ts";

/** The commands that may begin a round. */
export type Delegation = Extract<Command, { kind: "delegate" | "revise" }>;

/** Looks at the asker and the ledger as they are now, and at the issue as `look` shows it, and judges. */
export async function admit(
  order: Delegation,
  look: () => Promise<Issue | undefined>,
  ports: Pick<Ports, "policies" | "tasks" | "people">,
): Promise<Admission> {
  const { repository, issue, delivery } = order;
  const { label } = (await ports.policies.read(repository)).policy;
  if (order.kind === "delegate" && !isLabel(order.label, label)) return { kind: "ignore" };
  const rounds = await ports.tasks.find({ repositoryId: repository.id, issueNumber: issue.number });
  if (order.kind === "revise" && rounds.at(-1)?.state !== "incomplete") return { kind: "ignore" };
  return judgeAdmission({
    asked: order.kind === "revise" ? "edit" : "label",
    delivery,
    at: issue.at,
    label,
    rounds,
    issue: await look(),
    permission: mayCount(order) ? await ports.people.permission(repository, order.by) : "none",
  });
}

/** A change of the title alone asks for nothing, whoever made it. */
function mayCount(order: Delegation): boolean {
  return order.kind === "delegate" || order.asks;
}
