import type { Attempt } from "./task.ts";

/** What the history says of a step's result: ids, names, cost and decisions, never a text of an agent or a log. */
export function historyFacts(fields: Partial<Attempt>): object {
  const { base, agent, change, evidence, commit, attestations, pullRequest, asking } = fields;
  return {
    ...(base && { base }),
    ...(agent && { agent: agentFacts(agent) }),
    ...(change && { tree: change.tree, files: change.files.length }),
    ...(evidence && { evidenceSha256: evidence.sha256, verdict: evidence.verdict }),
    ...(commit && { commit }),
    ...signerOf(attestations),
    ...(pullRequest && { pullRequest }),
    ...(asking && { asked: asking.asked.length }),
    ...(asking?.ended && { questionsSha256: asking.ended.sha256 }),
  };
}

function agentFacts({
  name,
  version,
  outcome,
  bound,
  costUsd,
  turns,
  durationMs,
  sandbox,
}: NonNullable<Attempt["agent"]>): object {
  return { name, version, outcome, bound, costUsd, turns, durationMs, sandbox };
}

function signerOf(attestations: Attempt["attestations"]): object {
  return attestations ? { signedBy: attestations[0]?.keySha256 ?? null } : {};
}
