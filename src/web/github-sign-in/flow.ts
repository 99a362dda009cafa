import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { isSameSecret } from "../../domain/text/is-same-secret.ts";

/** How long somebody may take on GitHub's page, in milliseconds. */
export const flowMs = 10 * 60_000;

/** A sign-in that began in one browser: only that browser has it, and nobody else's answer fits it. */
const Flow = z.object({ state: z.string(), verifier: z.string(), to: z.string(), at: z.number() });
export type Flow = z.infer<typeof Flow>;

type Sign = (purpose: string, text: string) => string;

/** A new flow that leads back to a path of ours. */
export function beginFlow(to: string, now: Date): Flow {
  const random = (): string => randomBytes(32).toString("base64url");
  return { state: random(), verifier: random(), to, at: now.getTime() };
}

/** The PKCE challenge of a flow's verifier (RFC 7636, S256). */
export function challengeOf({ verifier }: Flow): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

/** A flow as its browser keeps it. */
export function writeFlow(flow: Flow, sign: Sign): string {
  const text = Buffer.from(JSON.stringify(flow)).toString("base64url");
  return `${text}.${sign("flow", text)}`;
}

/** The flow that a browser keeps; undefined for one that we did not begin, or too long ago. */
export function readFlow(
  given: string | undefined,
  { sign, now }: { sign: Sign; now: Date },
): Flow | undefined {
  const [text = "", mac = ""] = given?.split(".") ?? [];
  if (!isSameSecret(mac, sign("flow", text))) return undefined;
  const flow = Flow.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  const age = now.getTime() - flow.at;
  return age >= 0 && age < flowMs ? flow : undefined;
}
