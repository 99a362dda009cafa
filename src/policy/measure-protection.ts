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
export type ProtectionOrder = { repository: Repository; base: Base; rule: Policy["protection"] };

/** Reads what gates a merge into the base, and which workflows would run the agent's branch; nothing where no GitHub is. */
export async function measureProtection(
  { repository, base, rule }: ProtectionOrder,
  { protection, baseFiles }: { protection: BranchProtection; baseFiles: BaseFiles },
): Promise<Protection | undefined> {
  const rules = rule === "ignore" ? "ignored" : await protection.rules(repository, base.ref);
  if (!rules) return undefined;
  const { app } = protection;
  return {
    branch: base.ref,
    isDefault: base.ref === repository.defaultBranch,
    app,
    gaps: rules === "ignored" ? [] : judgeProtection(rules, app),
    workflows: await exposedWorkflows({ repository, base }, baseFiles),
  };
}

async function exposedWorkflows(
  { repository, base }: Omit<ProtectionOrder, "rule">,
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
