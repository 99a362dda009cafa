import type { Base } from "../domain/evidence/change.ts";
import type { Policy } from "../domain/rules/policy.ts";
import type { ExposedWorkflow, Protection } from "../domain/rules/protection.ts";
import type { Repository } from "../domain/task/task.ts";
import type { BranchProtection } from "../ports/github.ts";
import type { BaseFiles } from "../ports/workshop.ts";
import { findExposed, workflowFolder } from "./find-workflows.ts";
import { judgeProtection } from "./judge-protection.ts";

/** More workflows than these are not read. */
const mostWorkflows = 100;

/** Any branch of ours: no filter of a workflow knows an issue's number beforehand. */
const anyBranch = "agent/1-task";

/** Where the work starts from and is to be merged, and what the rules say of its protection. */
export type ProtectionOrder = {
  repository: Repository;
  base: Base;
  policy: Pick<Policy, "protection" | "draft">;
};

/** Reads what gates a merge into the base, and which workflows would run the agent's branch; nothing where no GitHub is. */
export async function measureProtection(
  { repository, base, policy }: ProtectionOrder,
  { protection, baseFiles }: { protection: BranchProtection; baseFiles: BaseFiles },
): Promise<Protection | undefined> {
  const isIgnored = policy.protection === "ignore";
  const isRead = !isIgnored || policy.draft === "require";
  const rules = isRead ? await protection.rules(repository, base.ref) : "unread";
  if (!rules) return undefined;
  const { app } = protection;
  return {
    branch: base.ref,
    isDefault: base.ref === repository.defaultBranch,
    app,
    gaps: isIgnored || rules === "unread" ? [] : judgeProtection(rules, app),
    ...(rules !== "unread" && rules.drafts === false && { drafts: false }),
    workflows: await exposedWorkflows({ repository, base }, baseFiles),
  };
}

async function exposedWorkflows(
  { repository, base }: Omit<ProtectionOrder, "policy">,
  baseFiles: BaseFiles,
): Promise<ExposedWorkflow[]> {
  const paths = (await baseFiles.list(repository, base, workflowFolder)).filter((path) =>
    /\.ya?ml$/.test(path),
  );
  const found: ExposedWorkflow[] = [];
  for (const path of paths.slice(0, mostWorkflows)) {
    const text = (await baseFiles.read(repository, base, path)) ?? "";
    found.push(...[findExposed({ path, text }, { branch: anyBranch, base: base.ref }) ?? []].flat());
  }
  return found;
}
