import { nameCommands } from "../domain/evidence/describe-commands.ts";
import { endOfOutput } from "../domain/evidence/end-of-output.ts";
import type { Check, Evidence } from "../domain/evidence/evidence.ts";
import type { Criterion } from "../domain/task/brief.ts";
import type { Attempt } from "../domain/task/task.ts";
import { codeBlock, escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";
import { folded } from "./folded.ts";
import { renderConflicts } from "./render-conflicts.ts";
import { renderUnshown } from "./render-criteria.ts";
import { type FindingRow, renderFindingRow, weights } from "./render-findings.ts";
import type { LinkGround } from "./render-place.ts";
import { renderMissingSubmodules } from "./render-submodules.ts";

/** What a reviewer meets unfolded; more than these are folded below. */
const mostOpen = 8;

/** Of the output of a red run so many lines are open; more of it is folded below. */
const mostLines = 10;

/** What the concerns of a body are made of besides its evidence: the brief's criteria, and where places are linked to. */
export type ConcernFacts = {
  criteria: Criterion[];
  ground: LinkGround;
  verified: boolean;
  quote: number;
  /** How the change merged with its base branch when that was last tried. */
  merge: Attempt["merge"];
};

/**
 * What needs a human's eye, each with its place: the worst first, the first few open. Nothing where nothing does. Where the
 * command is red that comes first, and what no test shows is of no interest yet.
 */
export function renderConcerns(evidence: Evidence, facts: ConcernFacts): string[] {
  const { checks } = evidence;
  const isGreen = checks.find(({ name }) => name === "validation")?.status === "pass";
  const rows = concernedRows(checks).map((row) => renderFindingRow(row, facts.ground));
  const lines = [
    ...renderConflicts(evidence.base.ref, facts.merge),
    ...rows.slice(0, mostOpen),
    ...surroundings(evidence, facts.verified).map((line) => `- ${line}`),
    ...(isGreen ? renderUnshown(facts.criteria, checks) : []),
  ];
  const more = rows.slice(mostOpen);
  const parts = [
    ...(isGreen ? [] : whyRed(evidence, facts.quote)),
    ...(lines.length > 0 ? [lines.join("\n")] : []),
    ...(more.length > 0 ? [folded(`${more.length} more`, [more.join("\n")])] : []),
  ];
  return parts.length > 0 ? ["### Needs a human's eye", ...parts] : [];
}

/** The rows of the summary are told there: of the others each finding, or the row itself where it has none. */
function concernedRows(checks: Check[]): FindingRow[] {
  const validation = checks.find(({ name }) => name === "validation");
  const told: Check["name"][] = ["shown", "validation", "criteria"];
  const isTold = ({ name }: Check): boolean =>
    told.includes(name) || (name === "baseline" && validation?.status !== "pass");
  const loud = checks
    .filter((check) => weights[check.status] <= weights.attention && !isTold(check))
    .toSorted((a, b) => weights[a.status] - weights[b.status]);
  return loud.flatMap((check) =>
    (check.findings.length > 0 ? check.findings : [{ message: check.line }]).map((finding) => ({
      check,
      finding,
    })),
  );
}

/** What was not as it should be around the measurements. */
function surroundings(evidence: Evidence, verified: boolean): string[] {
  const { agent, base } = evidence;
  return [
    ...(agent.sandbox === "none" ? ["⚠️ The agent ran **not sandboxed**."] : []),
    ...(verified ? [] : ["The commit has no signature that GitHub verifies."]),
    ...renderMissingSubmodules(base),
    ...wantedVersions(evidence),
  ];
}

/** What the repository asks for and this machine has in another version. */
function wantedVersions({ wantedNode: node, wantedTools = [] }: Evidence): string[] {
  return [...(node ? [{ tool: "Node.js", ...node }] : []), ...wantedTools].map(
    ({ tool, from, wanted, here }) =>
      `${inlineCode(from)} asks for ${tool} ${inlineCode(wanted)}; this was measured with ${inlineCode(here)}.`,
  );
}

/** How a red run ended: the last lines of what it wrote. */
function whyRed({ checks, validation }: Evidence, quote: number): string[] {
  const line = checks.find(({ name }) => name === "validation")?.line ?? "";
  if (!validation || line === "") return [];
  const end = quote === 0 ? "" : endOfOutput(validation.exit).split("\n").slice(-mostLines).join("\n");
  const told = `${nameCommands(validation.command)}: ${escapeMarkdown(line)}${end ? ". The end of its output:" : "."}`;
  return end ? [told, codeBlock(end, "text")] : [told];
}
