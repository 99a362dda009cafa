import type { Check, CheckRow, Finding } from "../../../domain/evidence/evidence.ts";
import type { Leaked } from "./look-for-leaks.ts";

/** More findings than this say nothing new. */
const maxFindings = 50;

/** The check `secrets`: whatever it finds keeps the whole change from being published. The value is never shown. */
export function checkSecrets(leaked: Leaked[]): CheckRow<"secrets"> {
  const name = "secrets";
  if (leaked.length === 0)
    return { name, status: "pass", line: "no secret was found in what the change adds", findings: [] };
  const places = [...new Map(leaked.toReversed().map((one) => [leakPlace(one), one])).values()].toReversed();
  const count = places.length === 1 ? "1 place holds" : `${places.length} places hold`;
  return {
    name,
    status: "fail",
    line: `${count} what looks like a secret, or is one in use: nothing is published`,
    findings: places.slice(0, maxFindings).map(secretFinding),
  };
}

/** Of several rules that see the same place the first is named. */
function leakPlace({ path, in: kind, leak }: Leaked): string {
  return JSON.stringify([path, kind, kind === "text" ? leak.line : 0]);
}

function secretFinding({ path, in: place, leak }: Leaked): Finding {
  const { rule, line } = leak;
  if (place === "name") return { message: `the name of an added file holds: ${rule}` };
  return place === "text" ? { path, line, message: rule } : { path, message: rule };
}

/** Why nothing of a change may be published, one sentence for each place; empty where it may. */
export function withheldBecause(checks: Check[]): string[] {
  const { status, findings } = checks.find((check) => check.name === "secrets") ?? { findings: [] };
  if (status !== "fail") return [];
  return findings.map(({ path, line, message }) => {
    const place = path && (line ? `${path}, line ${line}` : path);
    return place ? `Secret in ${JSON.stringify(place)}: ${message}.` : `Secret: ${message}.`;
  });
}
