import { RequestError } from "@agentclientprotocol/sdk";
import { z } from "zod";

/** Why an agent could not go on although nothing is wrong with the task: the only reasons to ask another agent. */
export type Fault = "quota" | "authentication" | "overload";

/** The code with which ACP asks for a log-in. */
const authRequired = -32_000;

/** How much of an error is read, in characters: what the service said stands at its beginning. */
const maxRead = 1_000;

const Data = z.object({ errorKind: z.string().optional(), details: z.string().optional() });

/** A status of HTTP where one is told: a bare number may be a line of a file. */
const status = (codes: string): string => `(?:^|status:? |error:? |code"?:? ?|http |\\()(?:${codes})\\b`;

/** How the agents word what their model's service told them; the first row that fits counts. */
const wordings: [Fault, RegExp][] = [
  [
    "quota",
    new RegExp(
      `${status("402|429")}|rate.?limit|usage.?limit|(exceeded|exhausted|insufficient|out of).{0,30}quota|` +
        "quota.{0,30}(exceeded|exhausted)|resource.?exhausted|credit balance|spend(ing)? limit",
      "i",
    ),
  ],
  ["overload", new RegExp(`${status("503|529")}|overloaded|at capacity|service.?unavailable`, "i")],
  [
    "authentication",
    new RegExp(
      `${status("401|403")}|authentication.?(failed|required|error)|unauthori[sz]ed|unauthenticated|` +
        "(invalid|incorrect|missing|no|expired|revoked).{0,12}api.?key|not logged in|(log|sign).?in (is )?required|" +
        "please (log|sign) in|token.{0,20}expired",
      "i",
    ),
  ],
];

/** Reads an error that an agent answered; null for one that is about the work itself. */
export function judgeFault(thrown: unknown): Fault | null {
  if (!(thrown instanceof RequestError)) return null;
  if (thrown.code === authRequired) return "authentication";
  const { errorKind = "", details = "" } = Data.safeParse(thrown.data).data ?? {};
  const said = [errorKind, thrown.message.slice(0, maxRead), details.slice(0, maxRead)];
  return wordings.find(([, wording]) => said.some((text) => wording.test(text)))?.[0] ?? null;
}
