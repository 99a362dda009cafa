import type { Environment } from "./environment.ts";

type SignInSettings = Pick<Environment, "GITHUB_CLIENT_ID" | "GITHUB_CLIENT_SECRET" | "PUBLIC_URL">;

/** Names of this machine: browsers keep secure cookies for them without HTTPS. */
const ofThisMachine = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** What keeps people from signing in with GitHub where the operator means them to. */
export function signInProblems({
  GITHUB_CLIENT_ID,
  GITHUB_CLIENT_SECRET,
  PUBLIC_URL,
}: SignInSettings): string[] {
  if (!GITHUB_CLIENT_ID && !GITHUB_CLIENT_SECRET) return [];
  if (!GITHUB_CLIENT_ID || !GITHUB_CLIENT_SECRET)
    return [
      "GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET belong together. Set both as on the App's settings page, or neither.",
    ];
  const { protocol, hostname } = new URL(PUBLIC_URL ?? "https://unset.invalid");
  if (protocol === "https:" || ofThisMachine.test(hostname)) return [];
  return [
    "PUBLIC_URL must begin with https:// where people sign in with GitHub: browsers keep no secure cookie else. Put the server behind HTTPS, or unset GITHUB_CLIENT_ID.",
  ];
}
