import type { Trim } from "../../../domain/evidence/change.ts";
import type { CheckRow } from "../../../domain/evidence/evidence.ts";

/** The check `strays`: leftovers of tools and of the agent itself, which were dropped. */
export function checkStrays({ paths }: Trim): CheckRow<"strays"> {
  const strays = paths.filter(({ why }) => why === "stray");
  return {
    name: "strays",
    status: "pass",
    line: strays.length === 0 ? "None was left." : `${strays.length} dropped`,
    findings: strays.map(({ path, rule }) => ({ path, message: `dropped: a leftover ${rule}` })),
  };
}
