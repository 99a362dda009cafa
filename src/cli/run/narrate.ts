import type { AttemptEvent } from "../../ports/events.ts";
import { say } from "../say.ts";

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

/** Says what happens as it happens; nothing to a program, which reads the result alone. */
export function sayHappening(
  happening: Happening,
  { json = false }: { json?: boolean | undefined } = {},
): void {
  const told = json ? undefined : narrate(happening);
  if (told) say(told);
}
