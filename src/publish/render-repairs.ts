import type { AgentReport, LegReport } from "../domain/evidence/evidence.ts";
import type { Attempt } from "../domain/task/task.ts";
import { escapeMarkdown } from "../domain/text/escape-markdown.ts";

/**
 * What the table of attempts has no room for: how repairs went, agents that were passed over, a
 * bound that could not be kept.
 */
export function renderAside(attempts: Attempt[]): string[] {
  const lines = attempts.flatMap((attempt) => [
    ...repairLine(attempt.number, attempt.agent?.legs),
    ...passedOverLines(attempt.number, attempt.agent?.passedOver),
  ]);
  const all = [...lines, ...uncountedLine(attempts)];
  return all.length > 0 ? [all.join("\n")] : [];
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
function uncountedLine(attempts: Attempt[]): string[] {
  const numbers = attempts.filter(({ agent }) => agent?.turns === null).map(({ number }) => number);
  if (numbers.length === 0) return [];
  const which = `${numbers.length > 1 ? "attempts" : "attempt"} ${numbers.join(" and ")}`;
  return [
    `- The turns of ${which} were not measured, for the model is not reached over our proxy: \`limits.turns\` was not kept.`,
  ];
}

function passedOverLines(number: number, passedOver: AgentReport["passedOver"] = []): string[] {
  return passedOver.map(
    ({ name, why }) => `- Attempt ${number} passed over ${escapeMarkdown(name)}: ${escapeMarkdown(why)}`,
  );
}
