import { inlineCode } from "../../domain/text/escape-markdown.ts";

/** A name that was most likely meant, as a question; nothing where none is known. */
export function didYouMean(known: string): string {
  return known === "" ? "" : `Did you mean ${inlineCode(known)}? `;
}

/** The scope that reaches too far, or that there is none. */
export function reachOf(glob: string): string {
  return glob === "" ? "The whole repository is the scope, which" : `The scope ${inlineCode(glob)}`;
}

/** The placeholder of a field as an example. */
export function exampleLine(example: string): string {
  return inlineCode(example.replace(/^```sh\n|\n```$/g, "").replace("TODO: ", ""));
}

/** A word out of what somebody wrote, fit for the name of a folder. */
export function plainWord(text: string): string {
  return text.replace(/[^\w-]/g, "") || "src";
}
