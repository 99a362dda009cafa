import { RequestError } from "@agentclientprotocol/sdk";
import { z } from "zod";

/** Why an agent could not go on although nothing is wrong with the task: the only reasons to ask another agent. */
export type Fault = "quota" | "authentication" | "overload";

/** The code with which ACP asks for a log-in. */
const authRequired = -32_000;

const Data = z.object({ errorKind: z.string().optional(), details: z.string().optional() });

/** How the agents word what their model's service told them; the first row that fits counts. */
const wordings: [Fault, RegExp][] = [
  [
    "quota",
    /\b(402|429)\b|quota|rate.?limit|usage.?limit|credit balance|billing|insufficient.?(funds|credit)/i,
  ],
  ["overload", /\b(503|529)\b|overload|at capacity|service.?unavailable|temporarily unavailable/i],
  [
    "authentication",
    /\b(401|403)\b|api.?key|unauthori[sz]ed|authenticat|log.?in|not logged|permission_denied|invalid.?token/i,
  ],
];

/** Reads an error that an agent answered; null for one that is about the work itself. */
export function judgeFault(thrown: unknown): Fault | null {
  if (!(thrown instanceof RequestError)) return null;
  if (thrown.code === authRequired) return "authentication";
  const { errorKind = "", details = "" } = Data.safeParse(thrown.data).data ?? {};
  const said = `${errorKind} ${thrown.message} ${details}`;
  return wordings.find(([, wording]) => wording.test(said))?.[0] ?? null;
}
