import { readProofFacts } from "../adapters/local/read-proof-facts.ts";
import { weighFound, weighHistoryText } from "../proof/audit/weigh-found.ts";
import { weighHead } from "../proof/audit/weigh-head.ts";
import { openStatement, subjectOf, unsigned } from "../proof/audit/weigh-statement.ts";
import type { Weighed } from "../proof/audit/weighed.ts";
import { readGiven } from "./read-given.ts";
import { say } from "./say.ts";
import { findNamedLogs } from "./verify/find-logs.ts";
import { anchorBeside, gatherFiles } from "./verify/gather-files.ts";
import { gatherPullRequest } from "./verify/gather-pull-request.ts";
import type { GatheredPackage } from "./verify/gathered.ts";
import { lookInto } from "./verify/look-into.ts";
import { tellWeighed } from "./verify/tell-weighed.ts";

/** What `drafthorse verify` may be told. */
export type VerifyOptions = {
  repo?: string;
  log?: string[];
  key?: string;
  again?: boolean;
  json?: boolean;
};

/** Holds a pull request, a signed statement, evidence or a history against all that is at hand; exit code 1 if anything fails. */
export async function verify(target: string, options: VerifyOptions): Promise<void> {
  const weighed = await weighTarget(target, options);
  if (options.json) say(JSON.stringify(weighed, null, 2));
  else tellWeighed(weighed);
  process.exitCode = weighed.some(({ holds }) => holds === false) ? 1 : 0;
}

async function weighTarget(target: string, options: VerifyOptions): Promise<Weighed[]> {
  if (/^https?:\/\//.test(target)) return weigh(await gatherPullRequest(target, options), options);
  if (!target.endsWith(".jsonl")) return weigh(await gatherFiles(target, options), options);
  const history = await readGiven(target, "a history.jsonl that Drafthorse wrote");
  return weighHistoryText(history.toString("utf8"), await anchorBeside(target));
}

async function weigh(gathered: GatheredPackage, options: VerifyOptions): Promise<Weighed[]> {
  const { evidence, bundle, keys, history, head, problem } = gathered;
  const opened = bundle === undefined ? unsigned(keys) : openStatement(bundle, keys);
  const subject = opened.statement && subjectOf(opened.statement);
  const { local, commitTree, weighed } = await lookInto(gathered, subject?.commit);
  const { logs, strangers } = await findNamedLogs(evidence?.value, { ...gathered, named: options.log ?? [] });
  const repository =
    local && evidence && (await readProofFacts(local.gitDir, evidence.value, subject?.commit));
  const proved = repository?.commits.find(({ tree }) => tree === evidence?.value.tree)?.commit;
  const order = { evidence: evidence?.value, local, commit: subject?.commit ?? proved };
  return [
    ...gathered.weighed,
    ...(problem ? [unreadable(problem)] : []),
    ...(head ? [weighHead(opened.statement, head)] : []),
    ...weighed,
    ...weighFound({ opened, evidence, logs, history, repository, commitTree }),
    ...strangers,
    ...(options.again ? await (await import("./verify/run-again.ts")).runAgain(order) : []),
  ];
}

function unreadable(line: string): Weighed {
  return { what: "schema", holds: false, line, repair: "Name a file that Drafthorse wrote, as it wrote it." };
}
