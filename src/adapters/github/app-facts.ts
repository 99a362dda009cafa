import type { GitHubClient } from "./access.ts";

/** The App's name in URLs, and the login under which GitHub shows what it writes. */
export type AppFacts = { slug: string; botLogin: string };

/** Asks GitHub who this App is, once; an attempt that failed is made again by the next caller. */
export function appFacts(client: GitHubClient): () => Promise<AppFacts> {
  let known: Promise<AppFacts> | undefined;
  return () => {
    known ??= askApp(client).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

async function askApp(client: GitHubClient): Promise<AppFacts> {
  const { data } = await client.request("GET /app");
  // GitHub's type allows for an App without a slug, which an App that authenticates never is.
  const slug = data?.slug ?? "";
  return { slug, botLogin: `${slug}[bot]` };
}
