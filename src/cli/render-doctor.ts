import type { GroupFindings } from "../doctor/run-checks.ts";
import type { NamedFinding } from "../domain/host/doctor-report.ts";
import { colours } from "./say.ts";

const marks = {
  ok: colours.green("✓"),
  warning: colours.yellow("!"),
  wrong: colours.red("✗"),
  skipped: colours.dim("–"),
};

/** The longest name of a check, and a space. */
const wide = 14;

/** One line for each finding, and below it what to do; checks that were skipped for one reason share a line. */
export function renderGroup({ group, findings }: GroupFindings): string {
  const title = `${group.charAt(0).toUpperCase()}${group.slice(1)}`;
  return [colours.bold(title), ...together(findings).flatMap(rowLines)].join("\n");
}

type Row = { names: string[]; finding: NamedFinding };

function together(findings: NamedFinding[]): Row[] {
  const rows: Row[] = [];
  for (const finding of findings) {
    const last = rows.at(-1);
    if (last && isSameSkip(last.finding, finding)) last.names.push(finding.check);
    else rows.push({ names: [finding.check], finding });
  }
  return rows;
}

function isSameSkip(one: NamedFinding, other: NamedFinding): boolean {
  return one.state === "skipped" && other.state === "skipped" && one.line === other.line;
}

function rowLines({ names, finding }: Row): string[] {
  const mark = marks[finding.state];
  const repair =
    "repair" in finding && finding.repair !== undefined
      ? [`${" ".repeat(wide + 4)}→ ${joinLines(finding.repair)}`]
      : [];
  if (finding.state === "skipped")
    return [
      `  ${mark} ${colours.dim(`${names.join(", ").padEnd(wide)} not looked at: ${finding.line}`)}`,
      ...repair,
    ];
  return [`  ${mark} ${names.join(", ").padEnd(wide)} ${joinLines(finding.line)}`, ...repair];
}

/** What a program or GitHub said may have lines of its own. */
function joinLines(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}

/** The last line: how many things are wrong. */
export function renderVerdict(findings: NamedFinding[]): string {
  const count = (state: NamedFinding["state"]) => findings.filter((one) => one.state === state).length;
  const [wrong, warnings] = [count("wrong"), count("warning")];
  const skipped = new Set(findings.filter(({ state }) => state === "skipped").map(({ check }) => check)).size;
  const rest = [
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? "warning" : "warnings"}`] : []),
    ...(skipped > 0 ? [`${skipped} not looked at`] : []),
  ].map((part) => `, ${part}`);
  if (wrong === 0) return colours.green(`Nothing is wrong${rest.join("")}.`);
  return colours.red(`${wrong} ${wrong === 1 ? "thing is" : "things are"} wrong${rest.join("")}.`);
}
