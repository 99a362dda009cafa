/** A longer line has no prefix that is looked for. */
const longestLine = 1_000;

/**
 * What runners of several programs put before each line: pnpm `packages/a test: `, turbo `a:test: `, lerna `a: `,
 * concurrently and yarn `[a] ` or `[a]: `.
 */
const prefixed =
  /^(?:(?<name>[\w@./-]{1,100}(?:[ :][\w:.-]{1,60})?): ?|\[(?<bracketed>[\w@./ :-]{1,100})\]:? ?)(?<rest>.*)$/;

/** Programs beyond this are not told apart. */
const mostStreams = 500;

/** The outputs of programs that write at the same time, each line behind a prefix; a line that `isOwn` has none. */
export function streamsIn(text: string, isOwn: (line: string) => boolean): string[] {
  const streams = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/)) {
    const parts = isOwn(line) ? undefined : splitPrefix(line);
    const stream = parts && (streams.get(parts.name) ?? []);
    if (!stream || (stream.length === 0 && streams.size === mostStreams)) continue;
    stream.push(parts.rest);
    streams.set(parts.name, stream);
  }
  return [...streams.values()].filter(({ length }) => length > 1).map((lines) => lines.join("\n"));
}

function splitPrefix(line: string): { name: string; rest: string } | undefined {
  if (line.length > longestLine) return undefined;
  const { name, bracketed, rest = "" } = prefixed.exec(line)?.groups ?? {};
  if (bracketed !== undefined) return { name: `[${bracketed}]`, rest };
  return name === undefined ? undefined : { name, rest };
}
