import type { Remote } from "../adapters/git/remote-access.ts";
import type { GitHub, GitHubOptions } from "../adapters/github/open-github.ts";
import { openSteadyClock } from "../adapters/host/steady-clock.ts";
import type { Config } from "../config.ts";
import { proxyFor } from "../domain/host/network-proxies.ts";
import type { Repository } from "../domain/task/task.ts";

type GitHubIdentity = Pick<
  GitHubOptions,
  "appId" | "privateKey" | "apiUrl" | "writeLimits" | "proxies" | "clock"
>;

/** Who the App is to GitHub, and how GitHub is reached, as the configuration has it. */
export function gitHubAccess({ app, github, proxies }: Config): GitHubIdentity {
  return {
    appId: app.id,
    privateKey: app.privateKey,
    apiUrl: github.apiUrl,
    writeLimits: github.writeLimits,
    proxies,
    clock: openSteadyClock(),
  };
}

/** Where git fetches a repository from, with a token that can read it and nothing else. */
export function gitHubRemote(
  { github: { serverUrl }, proxies }: Config,
  { fetchToken }: Pick<GitHub, "fetchToken">,
): (repository: Repository) => Promise<Remote> {
  return async (repository) => ({
    url: `${serverUrl}/${repository.owner}/${repository.name}.git`,
    token: await fetchToken(repository),
    proxy: proxyFor(proxies, serverUrl)?.href,
  });
}
