/** One thing that a process needs to work; `reason` says what is wrong with it, null where nothing is. */
export type NeededPart = { name: "process" | "store" | "queue" | "sandbox"; reason: string | null };

/** Whether a process can take work now, and what of it. */
export type Readiness = { ready: boolean; parts: (NeededPart & { ready: boolean })[] };

/** A process is ready when all that it needs is. */
export function judgeReadiness(parts: NeededPart[]): Readiness {
  const judged = parts.map((part) => ({ ...part, ready: part.reason === null }));
  return { ready: judged.every(({ ready }) => ready), parts: judged };
}
