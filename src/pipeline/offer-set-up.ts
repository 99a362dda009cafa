import type { Base } from "../domain/evidence/change.ts";
import { repositoryFilePath } from "../domain/rules/repository-file.ts";
import { issueFormPath, mostOffers, setUpBranch, setUpMarker } from "../domain/rules/set-up-offer.ts";
import type { Repository } from "../domain/task/task.ts";
import { guessAtRoot } from "../policy/guess-setup.ts";
import { renderRepositoryFile } from "../policy/render-repository-file.ts";
import type { Ports } from "../ports.ts";
import { renderSetUpOffer } from "../publish/render-set-up-offer.ts";

/** What an offer needs of the world. */
export type OfferPorts = Pick<
  Ports,
  "setUpOffers" | "pullRequests" | "worktrees" | "baseFiles" | "policies" | "locks" | "log"
>;

/** How it went with the offer to one repository. */
type OfferEnd = "offered" | "has the form" | "offered before" | "enough are open" | "nothing to offer to";

/**
 * A repository that somebody chose → one pull request with the issue form and a guessed configuration, unless it has the form,
 * was ever offered it, or enough offers are open. One after the other, so that two arrivals count each other's.
 */
export async function offerSetUp(repository: Repository, ports: OfferPorts): Promise<void> {
  const outcome = await ports.locks.exclusively("set-up offers", () => offer(repository, ports));
  ports.log.info({ repository: repository.id, outcome }, "set-up looked after");
}

async function offer(chosen: Repository, ports: OfferPorts): Promise<OfferEnd> {
  const repository = await ports.setUpOffers.named(chosen);
  const base = repository && (await ports.worktrees.fetch(repository, repository.defaultBranch));
  if (!repository || !base || base === "missing") return "nothing to offer to";
  const there = await ports.baseFiles.find(repository, base, [issueFormPath, repositoryFilePath]);
  if (there.has(issueFormPath)) return "has the form";
  if (await findOffer(repository, ports)) return "offered before";
  if (await areEnough(ports)) return "enough are open";
  await openOffer({ repository, base, hasRules: there.has(repositoryFilePath) }, ports);
  return "offered";
}

function findOffer(repository: Repository, { pullRequests }: OfferPorts) {
  return pullRequests.find(repository, { branch: setUpBranch, marker: setUpMarker });
}

/** Looks no further than it must: an account may have thousands of repositories. */
async function areEnough(ports: OfferPorts): Promise<boolean> {
  let open = 0;
  for (const repository of await ports.setUpOffers.repositories()) {
    if ((await findOffer(repository, ports))?.state === "open") open += 1;
    if (open >= mostOffers) return true;
  }
  return false;
}

async function openOffer(
  { repository, base, hasRules }: { repository: Repository; base: Base; hasRules: boolean },
  ports: OfferPorts,
): Promise<void> {
  const { settings, from, skipped } = await guessAtRoot({ repository, base }, ports.baseFiles);
  const { label } = (await ports.policies.read(repository)).policy;
  const rules = { path: repositoryFilePath, text: renderRepositoryFile(settings) };
  const files = [{ path: issueFormPath, text: ports.setUpOffers.form() }, ...(hasRules ? [] : [rules])];
  const configuration = hasRules ? undefined : repositoryFilePath;
  const { title, body } = renderSetUpOffer({ label, configuration, from, skipped });
  await ports.setUpOffers.write(repository, { base, files, message: `${title}\n` });
  const order = { branch: setUpBranch, base: repository.defaultBranch, title, body, draft: "never" } as const;
  await ports.pullRequests.open(repository, order);
}
