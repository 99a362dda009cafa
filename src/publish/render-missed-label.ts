import { inlineCode } from "../domain/text/escape-markdown.ts";

/** What is said where a label's delivery never came and the text has changed since; `at` is when it was labelled, in ISO 8601. */
export function renderMissedLabel({ label, by, at }: { label: string; by: string; at: string }): string {
  const name = inlineCode(label);
  return (
    `**This issue is not taken in yet.** It got the label ${name} at ${inlineCode(at)}, but GitHub's message about that did not arrive, ` +
    `and ${inlineCode(by)} has edited the issue since. ` +
    `Read its text, then remove the label ${name} and add it again.`
  );
}
