import { inlineCode } from "../domain/text/escape-markdown.ts";

/** The answer to the label on a pull request, in one comment that is found again by its marker. */
export function renderMislabel({ label, isOurs }: { label: string; isOurs: boolean }): {
  marker: string;
  body: string;
} {
  const marker = "<!-- drafthorse:mislabel -->";
  const way = isOurs
    ? "For a correction, comment here and begin with `/retry`."
    : "Open an issue that says what is to be done, and add the label there.";
  return {
    marker,
    body: `${marker}\n\nThe label ${inlineCode(label)} hands an issue to an agent; on a pull request it starts nothing. ${way}`,
  };
}
