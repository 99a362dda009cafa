import type { Hold } from "../domain/hold.ts";

/** What keeps a task waiting, with the repair of each part of it. */
export function renderHold({ problems }: Hold): string {
  const [first] = problems;
  const list = problems.map(
    ({ line, message, repair }, at) => `${at + 1}. Line ${line}: ${message}\n   *Repair:* ${repair}`,
  );
  return [
    `**Configuration:** \`${first?.file}\` on the default branch cannot be used, so nothing is started.`,
    list.join("\n"),
    "It goes on by itself when the file is mended there; nothing else needs to be done.",
  ].join("\n\n");
}
