import type { NetworkProxies } from "../domain/host/network-proxies.ts";
import { resolveProxies } from "./resolve-proxies.ts";

/** How a person's own command reads GitHub: where its API is, and with which token, if any. */
export type GitHubReader = { apiUrl: string; token: string | undefined; proxies: NetworkProxies };

/** A pull request by its address. */
export type PullRequestAt = { owner: string; repo: string; number: number; origin: string };

/** Reads the address of a pull request, as a browser shows it; undefined for any other. */
export function parsePullRequestUrl(text: string): PullRequestAt | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const parts = /^\/(?<owner>[\w.-]+)\/(?<repo>[\w.-]+)\/pull\/(?<number>[1-9]\d{0,8})(?:\/|$)/.exec(
    url?.pathname ?? "",
  );
  const { owner = "", repo = "", number } = parts?.groups ?? {};
  return url && number ? { owner, repo, number: Number(number), origin: url.origin } : undefined;
}

/**
 * The API of the server that an address is of: `GITHUB_API_URL` where that is told for it, GitHub's own, else that of an
 * Enterprise Server. The token is sent nowhere else.
 */
export function resolveReader(origin: string, environment: Record<string, string | undefined>): GitHubReader {
  const set = (name: string) => environment[name] || undefined;
  const told = set("GITHUB_API_URL");
  const server = set("GITHUB_SERVER_URL") ?? "https://github.com";
  const usual = origin === "https://github.com" ? "https://api.github.com" : `${origin}/api/v3`;
  const isTold = told !== undefined && new URL(server).origin === origin;
  const proxies = resolveProxies(environment);
  return { apiUrl: isTold ? told : usual, token: tokenFor(origin, { server, environment }), proxies };
}

/** GitHub Actions sets the token for the server that it runs on, and nobody else may have it. */
function tokenFor(
  origin: string,
  { server, environment }: { server: string; environment: Record<string, string | undefined> },
): string | undefined {
  return new URL(server).origin === origin ? environment.GITHUB_TOKEN || undefined : undefined;
}
