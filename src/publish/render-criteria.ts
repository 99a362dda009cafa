import type { Check, Finding } from "../domain/evidence/evidence.ts";
import type { Criterion } from "../domain/task/brief.ts";
import { escapeMarkdown } from "../domain/text/escape-markdown.ts";
import { folded } from "./folded.ts";
import { type LinkGround, renderPlace } from "./render-place.ts";

/** A brief with more criteria than these is several briefs; the evidence has them all. */
const most = 12;

/** More than these that nothing shows are told by their number. */
const mostUnshown = 4;

/** How many characters of a criterion, and of what is said of it, are shown; with less room for quotes, fewer. */
const longest = { text: 200, message: 300, least: 80 };

/** Each criterion of the brief in its own words, with what was measured or found for it. None is ever ticked. */
export function renderCriteria(
  criteria: Criterion[],
  { checks, ground, quote }: { checks: Check[]; ground: LinkGround; quote: number },
): string[] {
  const rows = criterionRows(criteria, checks);
  if (rows.length === 0) return [];
  const lines = rows.slice(0, most).map((row) => renderRow(row, { ground, quote }));
  const more = rows.length > most ? [`- and ${rows.length - most} more in the evidence`] : [];
  const measured = rows.filter(({ finding }) => finding?.measured).length;
  return [
    folded(`Done when: ${measured} of ${rows.length} shown by a test that fails without the change`, [
      [...lines, ...more].join("\n"),
      "Whether a test shows what was asked is for the reviewer.",
    ]),
  ];
}

/** The criteria that no measured test shows, for a reviewer to judge by reading. */
export function renderUnshown(criteria: Criterion[], checks: Check[]): string[] {
  const unshown = criterionRows(criteria, checks).filter(({ finding }) => !finding?.measured);
  const lines = unshown
    .slice(0, mostUnshown)
    .map(
      ({ criterion: { id, text } }) =>
        `- **${id}** “${escapeMarkdown(text.slice(0, longest.text))}”: no measured test shows it`,
    );
  const left = unshown.length - lines.length;
  return [...lines, ...(left > 0 ? [`- and ${left} more criteria, below under "Done when"`] : [])];
}

type CriterionRow = { criterion: Criterion; finding: Finding | undefined };

/** Nothing where the evidence says nothing of criteria. */
function criterionRows(criteria: Criterion[], checks: Check[]): CriterionRow[] {
  const findings = checks.find(({ name }) => name === "criteria")?.findings ?? [];
  if (findings.length === 0) return [];
  return criteria.map((criterion) => ({
    criterion,
    finding: findings.find((finding) => finding.criterion === criterion.id),
  }));
}

function renderRow(
  { criterion: { id, text }, finding }: CriterionRow,
  { ground, quote }: { ground: LinkGround; quote: number },
): string {
  const words = escapeMarkdown(text.slice(0, Math.min(longest.text, quote)));
  const said = finding?.message.slice(
    id.length + 2,
    Math.max(longest.least, Math.min(longest.message, quote)),
  );
  const place = finding?.path === undefined ? "" : ` (${renderPlace({ path: finding.path }, ground)})`;
  return `- **${id}** ${words ? `“${words}”: ` : ""}${escapeMarkdown(said ?? "not evidenced")}${place}`;
}
