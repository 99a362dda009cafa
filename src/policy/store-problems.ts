import type { Environment } from "./environment.ts";

/** Where the store and the artefacts are, as the environment has it. */
type StoreSettings = Pick<
  Environment,
  "REDIS_URL" | "DATABASE_URL" | "S3_URL" | "S3_ACCESS_KEY_ID" | "S3_SECRET_ACCESS_KEY"
>;

/** What is wrong with that, with its repair. */
export function storeProblems(settings: StoreSettings): string[] {
  const { REDIS_URL, DATABASE_URL } = settings;
  const both =
    "REDIS_URL and DATABASE_URL are both set. Tasks and jobs are kept in one place: unset the other.";
  return [
    ...(REDIS_URL !== undefined && DATABASE_URL !== undefined ? [both] : []),
    ...bucketProblems(settings),
  ];
}

/** An address and a key belong together. */
function bucketProblems(settings: StoreSettings): string[] {
  const names = ["S3_URL", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;
  const missing = names.filter((name) => settings[name] === undefined);
  if (missing.length === names.length) return [];
  if (missing.length > 0) {
    const set = names.filter((name) => settings[name] !== undefined);
    return [`${set.join(" and ")} set without ${missing.join(" and ")}. Set all three, or none of them.`];
  }
  const { hostname, pathname, search, username } = new URL(settings.S3_URL ?? "");
  if (search !== "" || username !== "")
    return ["S3_URL has a key or a query. Set the key as S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY."];
  const named = pathname !== "/" || /^[a-z0-9.-]+\.s3[.-]/.test(hostname);
  return named ? [] : ["S3_URL names no bucket. Write it behind the host: https://s3.example/drafthorse."];
}
