import type { AttemptEvent } from "../../ports/events.ts";

/** What people are told while a brief is worked on. */
export type Happening = AttemptEvent | { kind: "not sandboxed"; why: string };

/** The sentence for a happening; undefined for what a newcomer need not see. */
export function narrate(happening: Happening): string | undefined {
  switch (happening.kind) {
    case "step done":
      return `  ✓ ${happening.step} (${happening.durationMs} ms)`;
    case "not sandboxed":
      return `  ⚠ NOT SANDBOXED: ${happening.why}`;
    default:
      return undefined;
  }
}
