import { lowerOf } from "../domain/rules/limits.ts";
import type { OperatorFile } from "../domain/rules/operator-file.ts";
import { alwaysProtected, defaultPolicy, type Policy } from "../domain/rules/policy.ts";
import type { Project, RepositoryFile } from "../domain/rules/repository-file.ts";

/** The rules of a repository: its own file before the operator's defaults, and nothing above the operator's ceilings. */
export function resolvePolicy({
  operator,
  repository,
}: {
  operator: OperatorFile;
  repository: RepositoryFile;
}): Policy {
  const { defaults = {}, ceilings = {}, concurrentPerInstallation } = operator;
  const given = [defaults, repository];
  const { base, setup, agent = [] } = { ...defaults, ...repository };
  const limits = lowerOf(
    Object.assign({}, defaultPolicy.limits, ...given.map((file) => file.limits)),
    ceilings,
  );
  return {
    ...choices({ ...defaults, ...repository }),
    ...(base !== undefined && { base }),
    ...(setup && { setup }),
    ...(concurrentPerInstallation !== undefined && { concurrentPerInstallation }),
    agents: { known: Object.keys(operator.agents ?? {}), order: [agent].flat() },
    validation: validationRules(given, {
      proofMinutes: limits.proofMinutes,
      projects: repository.projects ?? [],
    }),
    limits,
    paths: pathRules(given),
    approval: Object.assign({}, ...given.map((file) => file.approval)),
    projects: repository.projects ?? [],
  };
}

/** The keys of which one value is taken as it is. */
function choices(file: RepositoryFile) {
  const { label, reviewers, bots, sensitive, signOff, draft, protection, duplicates, rebase, overlap } =
    defaultPolicy;
  return {
    label: file.label ?? label,
    reviewers: file.reviewers ?? reviewers,
    bots: file.bots ?? bots,
    sensitive: file.sensitive ?? sensitive,
    signOff: file.signOff ?? signOff,
    draft: file.draft ?? draft,
    protection: file.protection ?? protection,
    duplicates: file.duplicates ?? duplicates,
    rebase: file.rebase ?? rebase,
    overlap: file.overlap ?? overlap,
  };
}

/** What proves work on a project is allowed without being named a second time. */
function validationRules(
  given: RepositoryFile[],
  { proofMinutes, projects }: { proofMinutes: number; projects: Project[] },
): Policy["validation"] {
  const merged: NonNullable<RepositoryFile["validation"]> = Object.assign(
    {},
    ...given.map((file) => file.validation),
  );
  const { allow = [], network = "none", timeout = proofMinutes } = merged;
  const env: Record<string, string> = Object.assign({}, ...given.map((file) => file.validation?.env));
  const proving = projects.flatMap(({ validate }) => validate ?? []);
  return {
    allow: [...new Set([...allow, ...proving])],
    network,
    timeoutMinutes: Math.min(timeout, proofMinutes),
    env,
  };
}

/** Protected paths add up: a repository's file cannot open what the operator closed. */
function pathRules(given: RepositoryFile[]): Policy["paths"] {
  const own = given.flatMap((file) => file.paths?.protected ?? []);
  return {
    protected: [...new Set([...alwaysProtected, ...own])],
    ignore: given.findLast((file) => file.paths?.ignore)?.paths?.ignore ?? [],
    classes: Object.assign({}, ...given.map((file) => file.paths?.classes)),
  };
}
