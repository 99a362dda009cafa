import { Octokit } from "@octokit/rest";
import type { NetworkProxies } from "../../domain/host/network-proxies.ts";
import type { rulesetFor } from "../../domain/rules/ruleset.ts";
import { fetchThrough } from "../proxy/fetch-through.ts";
import { personalWrites, refuseForbiddenWrite } from "./allowed-writes.ts";
import { everyItem, firstFitting } from "./pages.ts";

/** How long GitHub may take for one answer, in milliseconds. */
const answerMs = 15_000;

/** A repository by its names. */
export type NamedRepository = { owner: string; name: string };

/** A ruleset that is there now, and what was done for it. */
export type MadeRuleset = { id: number; what: "made" | "updated" };

/** The rulesets of repositories, by a person's own token; rejects with octokit's errors. */
export type PersonalRulesets = {
  /** Makes the ruleset, or writes the one of its name anew. */
  put(at: NamedRepository, ruleset: ReturnType<typeof rulesetFor>): Promise<MadeRuleset>;
};

/** Opens GitHub for a person. */
export function openPersonalRulesets(options: {
  apiUrl: string;
  token: string;
  proxies: NetworkProxies;
}): PersonalRulesets {
  const silent = () => undefined;
  const client = new Octokit({
    baseUrl: options.apiUrl,
    auth: options.token,
    userAgent: "drafthorse",
    request: { fetch: fetchThrough(options.proxies) },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  client.hook.before("request", (request) => {
    refuseForbiddenWrite(request, personalWrites);
    request.request = { ...request.request, signal: AbortSignal.timeout(answerMs) };
  });
  return { put: (at, ruleset) => put(client, at, ruleset) };
}

async function put(
  client: InstanceType<typeof Octokit>,
  { owner, name }: NamedRepository,
  ruleset: ReturnType<typeof rulesetFor>,
): Promise<MadeRuleset> {
  const at = { owner, repo: name };
  const theirs = everyItem((page) =>
    client.request("GET /repos/{owner}/{repo}/rulesets", { ...at, includes_parents: false, ...page }),
  );
  const known = await firstFitting(theirs, (one) => one.name === ruleset.name);
  const fields = { ...at, ...ruleset };
  if (!known) {
    const { data } = await client.request("POST /repos/{owner}/{repo}/rulesets", fields);
    return { id: data.id, what: "made" };
  }
  await client.request("PUT /repos/{owner}/{repo}/rulesets/{ruleset_id}", {
    ...fields,
    ruleset_id: known.id,
  });
  return { id: known.id, what: "updated" };
}
