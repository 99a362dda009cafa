import { escapeMarkdown } from "../domain/escape-markdown.ts";
import type { AgentReport, RoundReport } from "../domain/evidence.ts";
import type { Attempt } from "../domain/task.ts";

/** What the table of attempts has no room for: how the rounds of each went, and which agents were passed over. */
export function renderRounds(attempts: Attempt[]): string[] {
  return attempts.flatMap(({ number, agent }) => {
    const lines = [...roundLine(number, agent?.rounds), ...passedOverLines(number, agent?.passedOver)];
    return lines.length > 0 ? [lines.join("\n")] : [];
  });
}

/** How many repairs an attempt took, in a few words; nothing where it took none. */
export function renderRepairs(agent: AgentReport | undefined): string {
  const repairs = (agent?.rounds?.length ?? 1) - 1;
  return repairs > 0 ? `${repairs} repair${repairs > 1 ? "s" : ""}` : "";
}

function roundLine(number: number, rounds: RoundReport[] = []): string[] {
  if (rounds.length < 2) return [];
  const words = rounds.map(
    (round) => `${validationWords(round)} after ${(round.durationMs / 1000).toFixed(1)} s of work`,
  );
  return [`- Rounds of attempt ${number}: ${words.join(", then ")}.`];
}

function validationWords({ validation }: RoundReport): string {
  if (!validation) return "measured in the proof";
  const { exitCode, signal, endedBy } = validation;
  if (endedBy === "itself" && exitCode === 0) return "green";
  if (endedBy === "itself")
    return `red (${exitCode === null ? `killed by ${signal}` : `exit code ${exitCode}`})`;
  return `red (stopped: ${endedBy})`;
}

function passedOverLines(number: number, passedOver: AgentReport["passedOver"] = []): string[] {
  return passedOver.map(
    ({ name, why }) => `- Attempt ${number} passed over ${escapeMarkdown(name)}: ${escapeMarkdown(why)}`,
  );
}
