import { type Logger, pino } from "pino";

/** One line of the service's log, as far as the demo tells it. */
export type Happening = {
  msg: string;
  step?: string;
  durationMs?: number;
  why?: string;
  failure?: { cause: string };
};

/** A logger that hands every line to `tell` instead of writing it. */
export function narrator(tell: (happening: Happening) => void): Logger {
  return pino({ level: "info" }, { write: (line) => tell(JSON.parse(line)) });
}

/** The sentence for a happening; undefined for what a newcomer need not see. */
export function sentence({ msg, step, durationMs, why }: Happening): string | undefined {
  if (msg === "step done") return `  ✓ ${step} (${durationMs} ms)`;
  if (msg === "agents are not sandboxed") return `  ⚠ NOT SANDBOXED: ${why}`;
  return undefined;
}
