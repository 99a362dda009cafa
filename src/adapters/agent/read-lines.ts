/** The agent's output stopped making sense as a protocol; the message says how, in our words. */
export class WireFault extends Error {}

const newline = 0x0a;

/** Reads a stream line by line, holding no more than one line; throws a `WireFault` at one longer than `maxBytes`. */
export async function* readLines(
  output: NodeJS.ReadableStream,
  options: { maxBytes: number; onBytes: () => void },
): AsyncGenerator<string> {
  const open = { parts: [] as Buffer[], bytes: 0 };
  for await (const chunk of output) {
    options.onBytes();
    for (const { part, ends } of splitChunk(typeof chunk === "string" ? Buffer.from(chunk) : chunk)) {
      open.parts.push(part);
      open.bytes += part.length;
      if (open.bytes > options.maxBytes)
        throw new WireFault(`sent a line of more than ${Math.floor(options.maxBytes / 1024 / 1024)} MiB`);
      if (!ends) continue;
      yield Buffer.concat(open.parts.splice(0)).toString();
      open.bytes = 0;
    }
  }
}

/** The pieces of a chunk between line ends; the last one does not end a line. */
function* splitChunk(chunk: Buffer): Generator<{ part: Buffer; ends: boolean }> {
  let start = 0;
  for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
    yield { part: chunk.subarray(start, end), ends: true };
    start = end + 1;
  }
  yield { part: chunk.subarray(start), ends: false };
}
