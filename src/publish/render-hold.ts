import { inlineCode } from "../domain/escape-markdown.ts";
import type { Hold } from "../domain/hold.ts";

/** What keeps a task waiting, and what releases it. */
export function renderHold({ kind, by, at }: Hold, label: string): string {
  const who = `${inlineCode(by)}, who has no write access`;
  return [
    `**Hold** (${kind}): the text was edited by ${who}, at ${at.slice(0, 16).replace("T", " ")} UTC, so close to the label that whoever added it may have read another one.`,
    `**Released by:** someone with write access reads the brief below and adds the label \`${label}\` again.`,
  ].join("\n\n");
}
