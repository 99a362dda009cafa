import { inlineCode } from "../domain/text/escape-markdown.ts";

/** An agent that the operator does not have. */
export function renderUnknownAgent(name: string, known: string[]): { message: string; repair: string } {
  return {
    message: `There is no agent called ${inlineCode(name)} here.`,
    repair:
      known.length > 0
        ? `Name one of ${known.map(inlineCode).join(", ")}, or leave it out.`
        : "Leave it out: the operator's only agent has no name to choose it by.",
  };
}
