import { escapeMarkdown } from "../domain/escape-markdown.ts";
import type { AgentReport, LegReport } from "../domain/evidence.ts";
import type { Attempt } from "../domain/task.ts";

/** What the table of attempts has no room for: repairs, agents that were passed over, a bound that could not be kept. */
export function renderAside(attempts: Attempt[]): string[] {
  return attempts.flatMap(({ number, agent }) => {
    const lines = [
      ...repairLine(number, agent?.legs),
      ...passedOverLines(number, agent?.passedOver),
      ...uncountedLine(number, agent),
    ];
    return lines.length > 0 ? [lines.join("\n")] : [];
  });
}

/** How many repairs an attempt took, in a few words; nothing where it took none. */
export function renderRepairs(agent: AgentReport | undefined): string {
  const repairs = (agent?.legs?.length ?? 1) - 1;
  return repairs > 0 ? `${repairs} repair${repairs > 1 ? "s" : ""}` : "";
}

function repairLine(number: number, legs: LegReport[] = []): string[] {
  if (legs.length < 2) return [];
  const words = legs.map(
    (leg) => `${validationWords(leg)} after ${(leg.durationMs / 1000).toFixed(1)} s of work`,
  );
  return [`- Repairs in attempt ${number}: ${words.join(", then ")}.`];
}

function validationWords({ validation }: LegReport): string {
  if (!validation) return "measured in the proof";
  const { exitCode, signal, endedBy } = validation;
  if (endedBy === "itself" && exitCode === 0) return "green";
  if (endedBy === "itself")
    return `red (${exitCode === null ? `killed by ${signal}` : `exit code ${exitCode}`})`;
  return `red (stopped: ${endedBy})`;
}

/** A report of a version that did not count turns says nothing of them, and nothing is said of it here. */
function uncountedLine(number: number, agent: AgentReport | undefined): string[] {
  if (agent?.turns !== null) return [];
  return [
    `- The turns of attempt ${number} were not measured, for its model is not reached over our proxy: \`limits.turns\` was not kept.`,
  ];
}

function passedOverLines(number: number, passedOver: AgentReport["passedOver"] = []): string[] {
  return passedOver.map(
    ({ name, why }) => `- Attempt ${number} passed over ${escapeMarkdown(name)}: ${escapeMarkdown(why)}`,
  );
}
