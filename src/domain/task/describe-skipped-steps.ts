import { inlineCode } from "../text/escape-markdown.ts";
import type { SkippedStep } from "./skipped-step.ts";

/**
 * The steps that are not run as Markdown, a list for each file that has any. `taken` are the files that the set-up was made
 * from: of those the other steps are run, of the rest none.
 */
export function describeSkippedSteps(steps: SkippedStep[], taken: string[]): string {
  const files = [...new Set(steps.map(({ from }) => from))];
  return files
    .map((file) => {
      const own = steps.filter(({ from }) => from === file);
      const head = taken.includes(file)
        ? `Of ${inlineCode(file)} these steps are not run:`
        : `No step of ${inlineCode(file)} is run, since these cannot be run here:`;
      return [head, "", ...own.map(({ step, why }) => `- ${inlineCode(step)}: ${why}`)].join("\n");
    })
    .join("\n\n");
}
