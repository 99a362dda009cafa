import type { z } from "zod";

/** What each variable that can be wrong by itself has to be. Values are not shown: some hold passwords. */
const wantedSettings: Record<string, string> = {
  APP_ID: "a whole number, as on the App's settings page",
  GITHUB_API_URL: "an address such as https://api.github.com",
  GITHUB_SERVER_URL: "an address such as https://github.com",
  GITHUB_WRITE_LIMITS: "github or none",
  PORT: "a whole number from 0 to 65535",
  LOG_LEVEL: "trace, debug, info, warn, error or fatal",
  PUBLIC_URL: "the address of this server as others reach it, such as https://drafthorse.example.org",
  REDIS_URL: "an address such as redis://127.0.0.1:6379",
  DATABASE_URL: "an address such as postgresql://drafthorse@127.0.0.1/drafthorse",
  S3_URL: "the address of a bucket such as https://s3.eu-central-1.amazonaws.com/drafthorse",
  ROLE: "all, web or worker",
  CONCURRENCY: "a whole number from 1 to 64",
  SANDBOX: "auto, bwrap or none",
  AGENT_NETWORK: "none or host",
  METRICS_TOKEN: "at least 16 characters: openssl rand -hex 24",
  OPERATIONS_PORT: "a whole number from 0 to 65535",
  SHUTDOWN_GRACE: "a whole number of seconds",
};

/** What is wrong with one variable, and where its repair stands. */
export function describeSetting({ path, message }: z.core.$ZodIssue): string {
  const name = path.join(".");
  return `${name} must be ${wantedSettings[name] ?? message}. See .env.example.`;
}
