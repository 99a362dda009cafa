import { issueFormPath, setUpMarker } from "../domain/rules/set-up-offer.ts";
import type { SkippedStep } from "../domain/task/skipped-step.ts";
import { escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";

/** What is explained of an offer: the label, the configuration's path where one is offered, and what it was guessed from. */
export type OfferFacts = {
  label: string;
  configuration: string | undefined;
  from: string[];
  skipped: SkippedStep[];
};

/** The pull request that offers a repository its issue form and its rules. */
export function renderSetUpOffer({ label, configuration, from, skipped }: OfferFacts): {
  title: string;
  body: string;
} {
  const guessed =
    from.length > 0 ? `guessed from ${from.map(inlineCode).join(", ")}` : "with nothing guessed";
  const parts = [
    setUpMarker,
    `Drafthorse was installed here. It turns an issue with the label ${inlineCode(label)} into a draft pull request whose every claim was measured. It works without this pull request; with it, people are asked for what a brief needs.`,
    "**What it adds**",
    `- ${inlineCode(issueFormPath)}: the form for such an issue. It adds no label: that is done by somebody with write access.`,
    ...(configuration
      ? [
          `- ${inlineCode(configuration)}: the rules for this repository, ${guessed}. Correct what was guessed wrongly.`,
        ]
      : []),
    ...leftOut(skipped),
    "**What comes of it**",
    "Nothing starts when it is merged. Then open an issue with the form, and add the label. Rules are read from the default branch only, and can be changed there at any time.",
    "Close it if you do not want it: it is not offered again.",
  ];
  return {
    title: "Add the issue form and the rules for coding agents",
    body: `${parts.slice(0, 3).join("\n\n")}\n\n${list(parts.slice(3))}`,
  };
}

function leftOut(skipped: SkippedStep[]): string[] {
  return skipped.length === 0
    ? []
    : [
        `- Not taken over of what was written for others: ${skipped.map(({ from, step, why }) => `${inlineCode(step)} of ${inlineCode(from)} (${escapeMarkdown(why)})`).join("; ")}.`,
      ];
}

/** Items of one list stand together, all else is a paragraph. */
function list(parts: string[]): string {
  return parts
    .map((part, at) =>
      at === 0 ? part : `${part.startsWith("- ") && parts[at - 1]?.startsWith("- ") ? "\n" : "\n\n"}${part}`,
    )
    .join("");
}
