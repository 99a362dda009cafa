import { z } from "zod";
import { splitList } from "./split-list.ts";
import type { Variables } from "./variables.ts";
import { describeSetting } from "./wanted-settings.ts";

/** Where everything is kept unless somebody says otherwise. */
export const defaultDataDir = "./data";

/** Every variable that is read, with its default; empty means unset. `docs/settings.md` lists the same. */
export const Environment = z.object({
  APP_ID: z.coerce.number().int().positive().optional(),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  WEBHOOK_SECRET: z.string().optional(),
  WEBHOOK_SECRET_PREVIOUS: z.string().optional(),
  GHE_HOST: z.string().optional(),
  GITHUB_API_URL: z.url().optional(),
  GITHUB_SERVER_URL: z.url().optional(),
  GITHUB_WRITE_LIMITS: z.enum(["github", "none"]).default("github"),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  GITHUB_TOKEN: z.string().optional(),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal"]).default("info"),
  DATA_DIR: z.string().default(defaultDataDir),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  ONBOARDING: z.enum(["offer", "none"]).default("offer"),
  SIGNING_KEY_PATH: z.string().optional(),
  SIGNING_COMMAND: z.string().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  S3_URL: z.url({ protocol: /^https?$/ }).optional(),
  S3_REGION: z.string().default("us-east-1"),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  ROLE: z.enum(["all", "web", "worker"]).default("all"),
  CONCURRENCY: z.coerce.number().int().positive().max(64).default(2),
  SANDBOX: z.enum(["auto", "bwrap", "none"]).default("auto"),
  AGENT: z.string().optional(),
  AGENT_ENV: z.string().default("").transform(splitList),
  AGENT_NETWORK: z.enum(["none", "host"]).default("none"),
  DRAFTHORSE_CONFIG: z.string().optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  OPERATIONS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  SHUTDOWN_GRACE: z.coerce.number().int().nonnegative().default(30),
});
export type Environment = z.infer<typeof Environment>;

/** What can be used of the variables, the others as if they were unset, and what is wrong with those. */
export function usableSettings(given: Variables): { settings: Environment; unusable: string[] } {
  const parsed = Environment.safeParse(given);
  if (parsed.success) return { settings: parsed.data, unusable: [] };
  const { issues } = parsed.error;
  const lost = new Set(issues.map(({ path }) => String(path[0])));
  const rest = Object.entries(given).filter(([name]) => !lost.has(name));
  return { settings: Environment.parse(Object.fromEntries(rest)), unusable: issues.map(describeSetting) };
}
