import { posix } from "node:path";
import type { RanLines } from "../../ports/traces.ts";

/** Takes what a file of coverage says of each line; `named` is the path as it stands there. */
export type LineSink = (named: string, line: number, hits: number) => void;

/** No file that a person wrote has more lines. */
const mostLines = 1_000_000;

/**
 * Keeps lines of wanted files alone. A path in a report is text that anybody may have chosen: it only selects one of the
 * wanted paths, by its place in the checkout, below a `sources` folder, or below a folder around the report.
 */
export class ToldLines {
  readonly lines = new Map<string, RanLines>();
  readonly #wanted: ReadonlySet<string>;
  readonly #folders: string[];
  readonly #root: string;
  readonly #known = new Map<string, string | undefined>();

  constructor(report: string, { wanted, root }: { wanted: ReadonlySet<string>; root: string }) {
    this.#wanted = wanted;
    this.#root = root;
    this.#folders = foldersAround(report);
  }

  /** Notes a folder that the report says its paths are below; it is tried before the others. */
  addSource(folder: string): void {
    this.#folders.unshift(this.#inside(folder.trim()));
    this.#known.clear();
  }

  add(named: string, line: number, hits: number): void {
    const path = this.#pathOf(named);
    if (path === undefined || !Number.isInteger(line) || line < 1 || line > mostLines) return;
    const known = this.lines.get(path) ?? { ran: new Set(), code: new Set() };
    known.code.add(line);
    if (hits > 0) known.ran.add(line);
    this.lines.set(path, known);
  }

  #pathOf(named: string): string | undefined {
    if (this.#known.has(named)) return this.#known.get(named);
    const inside = this.#inside(named);
    const found = this.#folders
      .map((folder) => posix.normalize(posix.join(folder, inside)))
      .find((path) => this.#wanted.has(path));
    this.#known.set(named, found);
    return found;
  }

  #inside(path: string): string {
    const plain = path.replaceAll("\\", "/");
    return plain.startsWith(`${this.#root}/`) ? plain.slice(this.#root.length + 1) : plain;
  }
}

/** The checkout itself, then the folders around a report, the nearest last. */
function foldersAround(report: string): string[] {
  const parts = posix.dirname(report).split("/");
  return [".", ...parts.map((_, at) => parts.slice(0, at + 1).join("/"))];
}
