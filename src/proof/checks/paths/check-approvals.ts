import type { CheckRow, Finding } from "../../../domain/evidence/evidence.ts";
import { isBlind, touchedPaths } from "../../../domain/rules/asked-borders.ts";
import { type Border, settleBoundary } from "../../../domain/rules/settle-boundary.ts";
import type { Grounds } from "./grounds.ts";

/** The check `approvals`: what the change touches that a person wanted a say in, and what would give it. */
export function checkApprovals({ brief, policy, files }: Grounds): CheckRow<"approvals"> {
  const { ask } = settleBoundary(brief, policy);
  const met = ask
    .map((border) => ({ border, paths: touchedPaths(border, files) }))
    .filter(({ paths }) => paths.length > 0);
  const blind = ask.filter(isBlind);
  const wanted = met.map(({ border, paths }) => `${border.name} (${paths.length})`);
  const nothing =
    ask.length === 0 ? "Nothing has to be asked for." : "Nothing that has to be asked for is touched.";
  return {
    name: "approvals",
    status: met.length > 0 || blind.length > 0 ? "attention" : "pass",
    line: met.length > 0 ? `To be approved: ${wanted.join(", ")}` : nothing,
    findings: [
      ...met.flatMap(({ border, paths }) => paths.map((path) => approvalFinding(border, path))),
      ...blind.map(blindness),
    ],
  };
}

/** What is said of such a class. */
export function blindness({ name }: Border): Finding {
  return {
    message: `\`${name}\` has no paths in the configuration, so nobody measured whether it is touched`,
  };
}

function approvalFinding({ name }: Border, path: string): Finding {
  return { path, message: `touches \`${name}\`; to be approved by \`/approve ${name}\`` };
}
