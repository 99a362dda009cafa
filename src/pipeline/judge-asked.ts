import { gatherFacts } from "../brief/gather-facts.ts";
import { type Judgement, judgeBrief } from "../brief/judge-brief.ts";
import type { Base } from "../domain/evidence/change.ts";
import type { WantedNode } from "../domain/evidence/wanted-node.ts";
import type { WantedTool } from "../domain/evidence/wanted-tool.ts";
import type { Policy } from "../domain/rules/policy.ts";
import { gatesMissing, type Protection } from "../domain/rules/protection.ts";
import type { Duplicate } from "../domain/task/duplicate.ts";
import { Failure } from "../domain/task/failure.ts";
import type { GuessedSetup } from "../domain/task/guessed-setup.ts";
import type { Hold } from "../domain/task/hold.ts";
import { mayWrite } from "../domain/task/permission.ts";
import type { SkippedStep } from "../domain/task/skipped-step.ts";
import type { Repository } from "../domain/task/task.ts";
import { findWantedNode, nodeVersionFiles } from "../policy/find-wanted-node.ts";
import { findWantedTools, toolVersionFiles } from "../policy/find-wanted-tools.ts";
import { guessSetup } from "../policy/guess-setup.ts";
import { measureProtection } from "../policy/measure-protection.ts";
import type { Ports } from "../ports.ts";

/** A text, who wrote it, and who asks for its work. */
export type AskedText = { repository: Repository; by: string; issue: { body: string; author: string } };

/**
 * What a text was judged to be, what keeps its task waiting although it may be complete, who reviews where it names nobody,
 * and what of the repository and this machine is told beside it.
 */
export type Judged = {
  judgement: Judgement;
  hold: Hold | undefined;
  reviewers: string[];
  guessed: GuessedSetup | undefined;
  skippedSteps: SkippedStep[] | undefined;
  wantedNode?: WantedNode | undefined;
  wantedTools?: WantedTool[] | undefined;
  protection: Protection | undefined;
  duplicates?: Duplicate[] | undefined;
  draftsRefused?: true | undefined;
};

/**
 * Judges what somebody asks for against the repository as it is now. The base is fetched for it, which may take minutes, so
 * that it takes no lock. While it cannot be fetched, the text is judged by itself alone and its task waits.
 */
export async function judgeAsked({ repository, by, issue }: AskedText, ports: Ports): Promise<Judged> {
  const { policy, problems } = await ports.policies.read(repository);
  const authorMayWrite = mayWrite(await ports.people.permission(repository, issue.author));
  const facts = await gatherFacts(issue.body, { repository, policy }, ports).catch(repositoryHold);
  const isHeld = "kind" in facts;
  const agents = policy.agents.known;
  const asked = { actor: by, authorMayWrite, policy, agents };
  const judgement = judgeBrief(issue.body, isHeld ? asked : { ...asked, base: facts });
  const broken: Hold | undefined = problems.length > 0 ? { kind: "configuration", problems } : undefined;
  const base = "base" in facts ? facts.base : undefined;
  const brief = "brief" in judgement ? judgement.brief : undefined;
  const { guessed, skippedSteps } =
    base && policy.setup === undefined ? await guessSetup({ repository, base, brief }, ports.baseFiles) : {};
  const wanted = base ? await findWanted({ repository, base }, ports) : {};
  const protection = base && brief ? await measureProtection({ repository, base, policy }, ports) : undefined;
  const ungated = protection && ungatedBy(protection, policy.protection);
  const { reviewers } = policy;
  const hold = broken ?? (isHeld ? facts : ungated);
  return { judgement, hold, reviewers, guessed, skippedSteps, ...wanted, protection };
}

type BaseAt = { repository: Repository; base: Base };

/** Told before anything is spent, and no more than told: the command may run with what is here. */
async function findWanted(
  { repository, base }: BaseAt,
  { baseFiles, machine }: Pick<Ports, "machine" | "baseFiles">,
): Promise<Pick<Judged, "wantedNode" | "wantedTools">> {
  const texts = new Map<string, string>();
  for (const path of await baseFiles.find(repository, base, [...nodeVersionFiles, ...toolVersionFiles]))
    texts.set(path, (await baseFiles.read(repository, base, path)) ?? "");
  const look = (path: string) => texts.get(path);
  const tools = findWantedTools(look, await machine.toolchains());
  return {
    wantedNode: findWantedNode(look, process.versions.node),
    wantedTools: tools.length > 0 ? tools : undefined,
  };
}

/** Without a review and our check nothing would keep the work from being merged unseen. */
function ungatedBy(protection: Protection, rule: Policy["protection"]): Hold | undefined {
  const isUngated = rule === "require" && gatesMissing(protection).length > 0;
  return isUngated ? { kind: "protection", protection } : undefined;
}

/** Only a fetch that failed is waited for; whatever else went wrong lets the delivery be tried again. */
function repositoryHold(thrown: unknown): Hold {
  if (thrown instanceof Failure && thrown.kind === "git")
    return { kind: "repository", cause: thrown.message };
  throw thrown;
}
