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
    .replace(/^(?<mark>["'])(?<whole>[^"']+)\k<mark>$/, "$<whole>");
}
