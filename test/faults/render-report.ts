import type { FreezeReport } from "./freeze.ts";
import type { SoakReport } from "./soak.ts";

/** The figures of a soak for people, with the line by which it is run again. */
export function renderReport({ order, ...report }: SoakReport): string {
  const { engine, tasks, kills, lost, seed } = order;
  const { strikes, seconds, taskMs, accepted, lostAnswers, givenUp, restarts, faults } = report;
  const again = `npm run test:faults -- --engine ${engine} --tasks ${tasks} --kills ${kills} --lost ${lost * 100} --restarts ${order.restarts} --seed ${seed}`;
  const sorted = [...taskMs].sort((a, b) => a - b);
  const at = (share: number) => ((sorted[Math.floor(sorted.length * share)] ?? 0) / 1_000).toFixed(1);
  return [
    `${engine}: ${tasks} tasks in ${seconds} s, ${strikes.length} kills (${byVictim(strikes)})`,
    `  kills in each tenth of the time: ${curve(report)}`,
    `  ${accepted} deliveries accepted, ${lostAnswers} answers lost`,
    `  a task took ${at(0.5)} s in the middle, ${at(0.95)} s at the 95th percentile`,
    `  ${givenUp} given up after three deaths in a row in one step`,
    ...(restarts.length > 0 ? [renderRestarts(restarts)] : []),
    `  faults: ${faults.length}`,
    ...faults.map((fault) => `    ${fault}`),
    `  again: ${again}`,
  ].join("\n");
}

function renderRestarts(restarts: SoakReport["restarts"]): string {
  const longest = Math.max(...restarts.map(({ ms }) => ms));
  return `  ${restarts.length} restarted in order, the slowest end took ${longest} ms`;
}

function byVictim(strikes: SoakReport["strikes"]): string {
  const victims = [...new Set(strikes.map(({ victim }) => victim))].sort();
  return victims
    .map((name) => `${name} ${strikes.filter(({ victim }) => victim === name).length}`)
    .join(", ");
}

function curve({ strikes, seconds }: Pick<SoakReport, "strikes" | "seconds">): string {
  const tenth = (seconds * 1_000) / 10 || 1;
  return Array.from(
    { length: 10 },
    (_, index) => strikes.filter(({ atMs }) => Math.min(9, Math.floor(atMs / tenth)) === index).length,
  ).join(" ");
}

/** The same of workers that were frozen in mid-step and thawed. */
export function renderFreeze({
  order: { engine, trials, seed },
  seconds,
  steps,
  faults,
}: FreezeReport): string {
  const counts = [...new Set(steps)]
    .sort()
    .map((step) => `${step} ${steps.filter((one) => one === step).length}`);
  return [
    `${engine}: ${steps.length} attempts frozen in mid-step with their worker and thawed when another had finished, in ${seconds} s (${counts.join(", ")})`,
    `  faults: ${faults.length}`,
    ...faults.map((fault) => `    ${fault}`),
    `  again: npm run test:faults -- --engine ${engine} --tasks 0 --frozen ${trials} --seed ${seed}`,
  ].join("\n");
}
