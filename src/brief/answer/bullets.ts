/** Texts as the items of a Markdown list. */
export function bullets(items: string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}
