import { openAgents } from "../adapters/agent/open-agents.ts";
import { redactingAgent } from "../adapters/agent/redacting-agent.ts";
import { openArtefacts } from "../adapters/artefacts/open-artefacts.ts";
import type { OpenedArtefacts } from "../adapters/artefacts/opened-artefacts.ts";
import { openWorktrees } from "../adapters/git/open-worktrees.ts";
import type { Remote } from "../adapters/git/remote-access.ts";
import { systemClock } from "../adapters/host/system-clock.ts";
import { egressSandbox } from "../adapters/proxy/egress-sandbox.ts";
import { openTrust } from "../adapters/proxy/open-trust.ts";
import { findFaketime, openDates } from "../adapters/reports/open-dates.ts";
import { openTestReports } from "../adapters/reports/open-test-reports.ts";
import { openTraces } from "../adapters/reports/open-traces.ts";
import { openSafeSandbox } from "../adapters/sandbox/open-safe-sandbox.ts";
import type { OpenedSandbox } from "../adapters/sandbox/open-sandbox.ts";
import { sweepLeftovers } from "../adapters/sandbox/sweep-leftovers.ts";
import type { KnownSecrets } from "../adapters/secrets/open-secrets.ts";
import { openSetups } from "../adapters/setup/open-setups.ts";
import type { Config } from "../config.ts";
import { proxyFor } from "../domain/host/network-proxies.ts";
import type { Repository } from "../domain/task/task.ts";
import type { Log, Ports } from "../ports.ts";

/** Where the work is done: sandbox, git, artefacts and the agent, on this machine. */
export type Workshop = Pick<
  Ports,
  "worktrees" | "objects" | "baseFiles" | "secrets" | "agent" | "setups" | "testReports" | "traces" | "dates"
> & {
  artefacts: OpenedArtefacts;
  sandbox: OpenedSandbox;
};

/** Opens the workshop; `remote` says where repositories are fetched from, `secrets` are kept out of every log. */
export async function openWorkshop(options: {
  directory: string;
  sandbox: Config["sandbox"];
  agents: Config["agents"];
  egress: Config["egress"];
  authorities: Config["authorities"];
  registries: Config["registries"];
  proxies: Config["proxies"];
  /** The bucket that keeps the artefacts; absent: the directory does. */
  s3?: Config["store"]["s3"];
  secrets: KnownSecrets;
  remote: (repository: Repository) => Promise<Remote>;
  log: Log;
}): Promise<Workshop> {
  const { directory, secrets, registries, proxies, log } = options;
  const swept = await sweepLeftovers();
  if (swept.processes + swept.files > 0) log.info(swept, "what dead workers left is gone");
  const trust = await openTrust(options.authorities, directory);
  const remote: typeof options.remote = async (repository) => ({
    ...(await options.remote(repository)),
    authorities: trust.bundle,
  });
  const opened = await openSafeSandbox({ kind: options.sandbox, redact: secrets.redact });
  const sandbox = egressSandbox(opened, { rules: options.egress, trust, proxies, log });
  const artefacts = await openArtefacts({ directory, s3: options.s3, proxies });
  const agents = openAgents(options.agents, { sandbox, clock: systemClock, readable: [], proxies, log });
  const { redact } = secrets;
  const agent = redactingAgent(agents, redact);
  const submodules = {
    hosts: options.egress.submodules,
    reach: (url: string) => ({ proxy: proxyFor(proxies, url)?.href, authorities: trust.bundle }),
  };
  const { trees, ...git } = openWorktrees({ directory, sandbox, artefacts, remote, submodules, redact, log });
  const setups = openSetups({ directory, sandbox, artefacts, trees, log, registries });
  const testReports = openTestReports({ sandbox });
  const traces = openTraces({ sandbox });
  const dates = openDates({ library: findFaketime() });
  return { sandbox, artefacts, secrets, agent, setups, testReports, traces, dates, ...git };
}
