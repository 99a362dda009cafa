import { programNames } from "./program-names.ts";

const sequence = new RegExp(`(?:,|,?\\s+(?:and|then)(?:\\s+then)?)\\s+(?<next>(?:${programNames})\\s)`, "g");

/** A command with the quotes, dashes and slashes that a shell reads, and without quotes around the whole of it. */
export function straighten(command: string): string {
  return command
    .replace(/[\u201c-\u201f\u00ab\u00bb]/g, '"')
    .replace(/[\u2018-\u201b\u2039\u203a]/g, "'")
    .replace(/(?<=^|\s)[\u2010-\u2015-]*[\u2010-\u2015](?<rest>\S*)/g, (_, rest: string) =>
      rest.length === 1 ? `-${rest}` : `--${rest}`,
    )
    .replace(
      /^(?<lead>\.{1,2})\\(?<path>\S+)/,
      (_, lead: string, path: string) =>
        `${lead}/${path.replaceAll("\\", "/").replace(/\.(?:bat|cmd)$/i, "")}`,
    )
    .replace(/^(?:please\s+)?(?:run|execute|use)\s+(?=\S+\s)/i, "")
    .replace(/(?<=[A-Za-z])\.$/, "")
    .replace(sequence, " && $<next>")
    .replace(/^(?<mark>["'])(?<whole>[^"']+)\k<mark>$/, "$<whole>");
}
