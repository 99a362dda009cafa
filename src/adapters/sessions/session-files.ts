import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { readFile, utimes } from "node:fs/promises";
import { join } from "node:path";
import { WebSession } from "../../domain/host/session.ts";
import type { Clock } from "../../ports.ts";
import { writeWhole } from "../host/write-whole.ts";
import { seal, unseal } from "./seal.ts";

/** A secret as browsers keep it: 32 random bytes and our signature of them. */
const shape = /^(?<id>[\w-]{43})\.(?<mac>[\w-]{43})$/;

/** Where the session of a secret is kept, and what only its browser has. */
export type SessionFile = { id: string; path: string };

/** The files of sessions, and the secrets that lead to them. */
export class SessionFiles {
  readonly #directory: string;
  readonly #server: Uint8Array;
  readonly #clock: Clock;

  constructor(parts: { directory: string; server: Uint8Array; clock: Clock }) {
    this.#directory = parts.directory;
    this.#server = parts.server;
    this.#clock = parts.clock;
  }

  sign(purpose: string, text: string): string {
    return createHmac("sha256", this.#server).update(`${purpose}\0${text}`).digest("base64url");
  }

  /** Undefined for a secret that we did not give out: the disk is not even asked. */
  of(secret: string): SessionFile | undefined {
    const { id, mac } = shape.exec(secret)?.groups ?? {};
    if (id === undefined || mac === undefined) return undefined;
    return timingSafeEqual(Buffer.from(this.sign("session", id)), Buffer.from(mac))
      ? this.#at(id)
      : undefined;
  }

  async begin(session: WebSession): Promise<string> {
    const id = randomBytes(32).toString("base64url");
    await this.write(this.#at(id), session);
    return `${id}.${this.sign("session", id)}`;
  }

  async write(file: SessionFile, session: WebSession): Promise<void> {
    const sealed = seal(JSON.stringify(session), { server: this.#server, browser: file.id });
    await writeWhole(file.path, sealed, 0o600);
    await this.note(file);
  }

  async read({ id, path }: SessionFile): Promise<WebSession | undefined> {
    const bytes = await readFile(path).catch(unlessThere);
    const text = bytes && unseal(bytes, { server: this.#server, browser: id });
    return text === undefined ? undefined : WebSession.parse(JSON.parse(text));
  }

  /** Notes that it was seen now; nothing for one that is gone. */
  async note({ path }: SessionFile): Promise<void> {
    await utimes(path, this.#clock.now(), this.#clock.now()).catch(unlessThere);
  }

  #at(id: string): SessionFile {
    const name = createHash("sha256").update(id).digest("hex");
    return { id, path: join(this.#directory, `${name}.session`) };
  }
}

/** What is not there is undefined; any other error is thrown on. */
export function unlessThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
  return undefined;
}
