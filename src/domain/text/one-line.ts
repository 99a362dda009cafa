/** A text in one line, with one space for whatever stood between its words. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
