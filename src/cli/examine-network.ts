import { rm } from "node:fs/promises";
import { openTrust } from "../adapters/proxy/open-trust.ts";
import { providerRoutes } from "../adapters/proxy/provider-routes.ts";
import { type Blocked, tryWay } from "../adapters/proxy/try-way.ts";
import type { Config } from "../config.ts";
import { proxyFor } from "../domain/host/network-proxies.ts";
import { colours } from "./say.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** One way out of this machine that the App needs, and what is in its way. */
export type ExaminedWay = { name: string; url: string; proxy: string | null; blocked: Blocked | null };

type Needs = Pick<Config, "github" | "agents" | "registries" | "proxies" | "authorities">;

/** Tries what a configured App asks of the network: GitHub, git, the models of its agents and the registries. */
export async function examineNetwork(config: Needs): Promise<ExaminedWay[]> {
  const directory = await temporaryDirectory("doctor");
  try {
    await openTrust(config.authorities, directory);
    return await Promise.all(
      waysOf(config).map(async ({ name, url }) => ({
        ...{ name, url, proxy: proxyFor(config.proxies, url)?.host ?? null },
        blocked: (await tryWay(url, config.proxies)) ?? null,
      })),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function waysOf({ github, agents, registries }: Needs): { name: string; url: string }[] {
  const models = Object.values(agents.known).flatMap(({ model }) =>
    model ? [model.upstream ?? providerRoutes[model.provider].upstream] : [],
  );
  const own = Object.values(registries.environment);
  return [
    { name: "GitHub", url: github.apiUrl },
    { name: "git", url: github.serverUrl },
    ...[...new Set(models)].map((url) => ({ name: "model", url })),
    ...(own.length > 0 ? own : ["https://registry.npmjs.org/"]).map((url) => ({ name: "registry", url })),
  ];
}

/** A line for each way, and below one that is blocked its repair. */
export function renderNetwork(ways: ExaminedWay[]): string {
  return ways
    .flatMap(({ name, url, proxy, blocked }) => {
      const by = proxy === null ? "" : ` by ${proxy}`;
      if (!blocked) return [`  ${colours.green("✓")} ${name.padEnd(18)} ${new URL(url).host}${by}`];
      return [`  ${colours.red("✗")} ${name.padEnd(18)} ${blocked.why}`, `        ${blocked.repair}`];
    })
    .join("\n");
}
