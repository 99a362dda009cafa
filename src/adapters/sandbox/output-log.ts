import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { Writable } from "node:stream";
import type { Exit } from "../../domain/evidence/exit.ts";
import { BoundedText } from "./bounded-text.ts";

/** What a log file may grow to, so that a flood of output cannot fill the disk. */
export const logFileBytes = 512 * 1024 * 1024;

/** Takes the output of a process: all of it to a file up to the cap, its ends to memory. Never errors. */
export class OutputLog extends Writable {
  readonly #text = new BoundedText();
  readonly #hash = createHash("sha256");
  readonly #path: string;
  readonly #cap: number;
  readonly #added: boolean;
  #file: FileHandle | undefined;
  #kept = 0;
  #dropped = 0;
  #trouble: string | undefined;

  constructor(path: string, { cap = logFileBytes, added = false }: { cap?: number; added?: boolean } = {}) {
    super();
    this.#path = path;
    this.#cap = cap;
    this.#added = added;
  }

  override _construct(done: (error?: Error | null) => void): void {
    mkdir(dirname(this.#path), { recursive: true })
      .then(() => (this.#added ? this.#takeUp() : undefined))
      .then(() => open(this.#path, this.#added ? "a" : "w"))
      .then((file) => {
        this.#file = file;
      })
      .catch((error: Error) => this.#giveUp(error))
      .then(() => done());
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#text.add(chunk);
    void this.#keep(chunk)
      .catch((error: Error) => this.#giveUp(error))
      .then(done);
  }

  override _final(done: () => void): void {
    const closed = this.#file?.close() ?? Promise.resolve();
    closed.catch((error: Error) => this.#giveUp(error)).then(() => done());
  }

  /** The record of the output, once the stream has finished: hash and size are those of the file. */
  record(redact: (text: string) => string): Exit["log"] {
    return {
      sha256: this.#hash.digest("hex"),
      bytes: this.#kept,
      head: redact(this.#text.head()),
      tail: redact(`${this.#text.tail()}${this.#remark()}`),
    };
  }

  /** What the file holds already is part of the record. */
  async #takeUp(): Promise<void> {
    for await (const chunk of createReadStream(this.#path)) {
      this.#text.add(chunk);
      this.#hash.update(chunk);
      this.#kept += chunk.length;
    }
  }

  async #keep(chunk: Buffer): Promise<void> {
    const room = this.#file && !this.#trouble ? this.#cap - this.#kept : 0;
    const kept = chunk.subarray(0, room);
    this.#dropped += chunk.length - kept.length;
    if (kept.length === 0) return;
    await this.#file?.writeFile(kept);
    this.#hash.update(kept);
    this.#kept += kept.length;
  }

  #giveUp(error: Error): void {
    this.#trouble ??= error.message;
  }

  #remark(): string {
    if (this.#trouble) return `\n[drafthorse: the log file is not whole: ${this.#trouble}]\n`;
    return this.#dropped > 0
      ? `\n[drafthorse: ${this.#dropped} further bytes were not kept in the log file]\n`
      : "";
  }
}
