import { LRUCache } from "lru-cache";
import type { Ports } from "../ports.ts";

/** How many lines a window has. */
export const windowLines = 500;

/** Bounds: how much is read at once, how much of one window is shown, in bytes, and how many indexes are remembered. */
const bounds = { partBytes: 8 * 1024 * 1024, windowBytes: 1024 * 1024, indexes: 64 };

/**
 * A window of a log: its lines, the first of them by its number from 1 on, and how many the log has. `cut` says that lines of this
 * window are left out, since they are longer than a page can be.
 */
export type LogWindow = { lines: string[]; first: number; total: number; cut: boolean };

/** Logs by windows, so that one of hundreds of megabytes costs a page no more than a short one. */
export type LogWindows = {
  /** The window that has a line, the last one where the log ends before; undefined where there is no such log. */
  at(artefact: string, line: number): Promise<LogWindow | undefined>;
};

/** Where each window begins, in bytes from the start, where the log ends, and how many lines there are. */
type LogIndex = { starts: number[]; bytes: number; total: number };

type Parts = Pick<Ports["artefacts"], "part">;

/** Opens the logs among the artefacts. An artefact never changes, so that its index is made once. */
export function openLogWindows(artefacts: Parts): LogWindows {
  const indexes = new LRUCache<string, Promise<LogIndex | undefined>>({ max: bounds.indexes });
  const indexOf = (artefact: string): Promise<LogIndex | undefined> => {
    const known = indexes.get(artefact);
    if (known) return known;
    const made = makeIndex(artefact, artefacts);
    indexes.set(artefact, made);
    // One that could not be made is made anew by the next who asks.
    made.catch(() => indexes.delete(artefact));
    return made;
  };
  return {
    async at(artefact, line) {
      const index = await indexOf(artefact);
      return index && readWindow({ artefact, line, index }, artefacts);
    },
  };
}

const lineFeed = 0x0a;

/** Takes the next bytes of a log into its index. */
function countLines(chunk: Buffer, index: LogIndex): void {
  for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, end + 1)) {
    index.total += 1;
    if (index.total % windowLines === 0) index.starts.push(index.bytes + end + 1);
  }
  index.bytes += chunk.length;
}

async function makeIndex(artefact: string, { part }: Parts): Promise<LogIndex | undefined> {
  const index: LogIndex = { starts: [0], bytes: 0, total: 0 };
  let endsInLine = false;
  for (;;) {
    const read = await part(artefact, { from: index.bytes, bytes: bounds.partBytes });
    if (!read) return undefined;
    const chunk = Buffer.from(read.buffer, read.byteOffset, read.byteLength);
    countLines(chunk, index);
    if (chunk.length > 0) endsInLine = chunk.at(-1) !== lineFeed;
    if (chunk.length < bounds.partBytes) break;
  }
  if (endsInLine) index.total += 1;
  // A log that ends with a whole window has no empty one behind it.
  if (index.starts.length > 1 && index.total % windowLines === 0) index.starts.pop();
  return index;
}

async function readWindow(
  { artefact, line, index }: { artefact: string; line: number; index: LogIndex },
  { part }: Parts,
): Promise<LogWindow | undefined> {
  const { starts, bytes, total } = index;
  const at = Math.min(Math.max(0, Math.floor((line - 1) / windowLines)), starts.length - 1);
  const [from = 0, end = bytes] = starts.slice(at, at + 2);
  const length = Math.min(end - from, bounds.windowBytes);
  const read = await part(artefact, { from, bytes: length });
  const text = read && Buffer.from(read).toString("utf8");
  if (text === undefined) return undefined;
  const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  return { lines, first: at * windowLines + 1, total, cut: length < end - from };
}
