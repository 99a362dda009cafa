import { stripVTControlCharacters } from "node:util";
import { keptBytes } from "../../domain/evidence/exit.ts";

/** Keeps the first and the last 64 KiB of a stream of bytes, however long it is. */
export class BoundedText {
  #head = Buffer.alloc(0);
  #tail: Buffer[] = [];
  #tailBytes = 0;

  add(chunk: Buffer): void {
    const missing = keptBytes - this.#head.length;
    if (missing > 0) this.#head = Buffer.concat([this.#head, chunk.subarray(0, missing)]);
    this.#tail.push(chunk);
    this.#tailBytes += chunk.length;
    // Joined only now and then: joining at each chunk would cost the square of the output.
    if (this.#tailBytes > 4 * keptBytes) this.#shorten();
  }

  /** The beginning, as plain text: no half character, no terminal colours. */
  head(): string {
    return printable(this.#head.subarray(0, endOfWholeCharacters(this.#head)));
  }

  /** The end, as plain text; of a short stream it is the same text as the head. */
  tail(): string {
    this.#shorten();
    const kept = this.#tail[0] ?? Buffer.alloc(0);
    return printable(kept.subarray(startOfWholeCharacters(kept)));
  }

  #shorten(): void {
    const joined = Buffer.concat(this.#tail);
    // Copied, since a view would keep the whole joined buffer alive.
    const kept = Buffer.from(joined.subarray(Math.max(0, joined.length - keptBytes)));
    this.#tail = [kept];
    this.#tailBytes = kept.length;
  }
}

function printable(bytes: Buffer): string {
  return stripVTControlCharacters(bytes.toString("utf8"));
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** At most three continuation bytes belong to a character, so no more are skipped. */
function startOfWholeCharacters(bytes: Buffer): number {
  if (bytes.length < keptBytes) return 0;
  return [0, 1, 2, 3].find((at) => !isContinuation(bytes[at])) ?? 0;
}

function endOfWholeCharacters(bytes: Buffer): number {
  if (bytes.length < keptBytes) return bytes.length;
  const lead = [1, 2, 3, 4].find((back) => !isContinuation(bytes[bytes.length - back])) ?? 0;
  return needs(bytes[bytes.length - lead]) > lead ? bytes.length - lead : bytes.length;
}

/** How many bytes the character has that begins with this one. */
function needs(lead: number | undefined): number {
  if (lead === undefined || lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
