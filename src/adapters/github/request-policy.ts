import { setTimeout as pause } from "node:timers/promises";
import { Failure } from "../../domain/task/failure.ts";
import type { Clock, Log } from "../../ports.ts";
import { inTurns } from "../host/in-turns.ts";
import type { PolicyOptions } from "./access.ts";
import { type AfterRefusal, afterRefusal, isRateLimitUsedUp, limitMs } from "./after-refusal.ts";
import { allowedMutations } from "./allowed-mutations.ts";
import { githubFailure, refusalOf } from "./github-failure.ts";
import { Pace, type WriteKind } from "./pace.ts";
import type { TokenMint } from "./tokens.ts";

/** The longest wait for one answer, in milliseconds: GitHub ends a request after 10 s itself. */
const answerMs = 10_000;

/** How slowly a large file may go up before it is given up, in characters a millisecond: some 2 MBit/s. */
const uploadRate = 250;

/** The longest that one request waits for its turn and for limits, in milliseconds; then the job's queue waits. */
const patienceMs = 60_000;

/** How an installation's token is presented. */
const tokenScheme = "token ";

/** The key under which the App's own requests wait; installation ids are positive. */
const theAppItself = 0;

/** The options of a request as octokit hands them to a hook, as far as the policy reads them. */
type HookedOptions = {
  method: string;
  url: string;
  headers: object;
  request?: object;
  /** What a blob is made of. */
  content?: unknown;
  /** A text of GraphQL. */
  query?: unknown;
};

/** An answer as octokit hands it to a hook. */
type HookedAnswer = { status: number; url: string; headers: object; data: unknown };

/** What the policy is made of; `sleep` is real time unless a test says otherwise. */
export type PolicyParts = {
  tokens: TokenMint;
  clock: Clock;
  log: Log;
  answerMs?: number;
  /** Whose limits of writes are kept; GitHub's if absent. */
  writeLimits?: "github" | "none" | undefined;
  sleep?: (ms: number) => Promise<unknown>;
};

/** One request on its way: how it is sent once, and until when it is worth waiting for. */
type PendingRequest<Answer> = PolicyOptions & {
  method: string;
  url: string;
  once: (authorization: string, signal: AbortSignal) => Answer | Promise<Answer>;
  /** What it writes, a mutation of GraphQL as often as it names one; nothing where it only reads. */
  writes: WriteKind[];
  /** How long what it carries may take to go up, in milliseconds. */
  uploadMs: number;
  until: number;
};

/**
 * How every request is sent: with a token of its own grant, within a time bound, one write of an installation after the
 * other as GitHub asks, again where that is harmless, and silent for as long as GitHub wants silence.
 */
export class RequestPolicy {
  readonly #parts: PolicyParts;
  readonly #inTurn = inTurns<number>();
  readonly #pace: Pace;
  readonly #silentUntil = new Map<number, number>();

  constructor(parts: PolicyParts) {
    this.#parts = parts;
    this.#pace = new Pace(parts.writeLimits);
  }

  /** Sends a request; whatever goes wrong is thrown as a `github` failure. */
  async send<Options extends HookedOptions, Answer extends HookedAnswer>(
    send: (options: Options) => Answer | Promise<Answer>,
    options: Options,
  ): Promise<Answer> {
    const request: PolicyOptions = { ...options.request };
    const errand: PendingRequest<Answer> = {
      ...(request.grant && { grant: request.grant }),
      repeatable: options.method === "GET" || request.repeatable === true,
      method: options.method,
      url: options.url,
      writes: request.grant ? writesOf(options) : [],
      once: (authorization, signal) => send(signed(options, authorization, signal)),
      uploadMs: typeof options.content === "string" ? options.content.length / uploadRate : 0,
      until: this.#now() + patienceMs,
    };
    try {
      return await this.#inOrder(errand);
    } catch (error) {
      throw githubFailure(error, errand);
    }
  }

  #inOrder<Answer extends HookedAnswer>(errand: PendingRequest<Answer>): Promise<Answer> {
    if (!errand.grant || errand.method === "GET") return this.#carryOut(errand);
    return this.#inTurn(errand.grant.installationId, () => this.#carryOut(errand));
  }

  async #carryOut<Answer extends HookedAnswer>(errand: PendingRequest<Answer>): Promise<Answer> {
    const past = { tries: 0, reminted: false, repeatable: errand.repeatable === true };
    for (;;) {
      await this.#awaitLeave(errand);
      past.tries += 1;
      const authorization = await this.#authorization(errand);
      try {
        return await this.#once(errand, authorization);
      } catch (error) {
        const move = afterRefusal(refusalOf(error), past, this.#parts.clock.now());
        if (move.kind === "give up") throw error;
        const { method, url } = errand;
        this.#parts.log.warn({ method, url, move, err: error }, "GitHub request tried again");
        past.reminted ||= move.kind === "new token";
        await this.#prepare(move, { errand, authorization });
      }
    }
  }

  async #prepare(
    move: AfterRefusal,
    { errand, authorization }: { errand: PendingRequest<unknown>; authorization: string },
  ): Promise<void> {
    if (move.kind === "new token" && errand.grant)
      await this.#parts.tokens.forget(errand.grant, authorization.slice(tokenScheme.length));
    if (move.kind === "hold") this.#silence(errand, move.ms);
    if (move.kind === "pause") await this.#sleep(move.ms);
  }

  async #once<Answer extends HookedAnswer>(
    errand: PendingRequest<Answer>,
    authorization: string,
  ): Promise<Answer> {
    const waitMs = (this.#parts.answerMs ?? answerMs) + errand.uploadMs;
    const answer = await errand.once(authorization, AbortSignal.timeout(Math.ceil(waitMs)));
    const headers = { ...answer.headers };
    if (isRateLimitUsedUp(headers)) this.#silence(errand, limitMs(headers, this.#parts.clock.now()));
    // octokit hands on a body that broke off, or that no JSON came of, as a text.
    if (answer.status !== 204 && typeof answer.data === "string")
      throw Object.assign(new Error("the answer broke off"), { request: { url: answer.url } });
    return answer;
  }

  async #authorization({ grant }: PendingRequest<unknown>): Promise<string> {
    if (!grant) return `bearer ${await this.#parts.tokens.appToken()}`;
    try {
      return tokenScheme + (await this.#parts.tokens.tokenFor(grant));
    } catch (error) {
      // Wrapped, so that a 404 to the minting is not taken for a 404 to the request.
      throw new Failure("github", error instanceof Error ? error.message : String(error), { cause: error });
    }
  }

  #silence(errand: PendingRequest<unknown>, ms: number): void {
    const key = installationKey(errand);
    this.#silentUntil.set(key, Math.max(this.#silentUntil.get(key) ?? 0, this.#now() + ms));
  }

  /** Waits until GitHub may be asked again; gives up at once if that is later than the errand's patience. */
  async #awaitLeave(errand: PendingRequest<unknown>): Promise<void> {
    for (;;) {
      const now = this.#now();
      const leave = this.#leaveFor(errand);
      if (now > errand.until || leave > errand.until) throw tooLate(leave, now);
      if (leave <= now) break;
      await this.#sleep(leave - now);
    }
    for (const kind of errand.writes) this.#pace.note(installationKey(errand), kind, this.#now());
  }

  /** The moment from which GitHub may be asked. */
  #leaveFor(errand: PendingRequest<unknown>): number {
    const silentUntil = this.#silentUntil.get(installationKey(errand)) ?? 0;
    const [kind] = errand.writes;
    return kind ? Math.max(silentUntil, this.#pace.freeAt(installationKey(errand), kind)) : silentUntil;
  }

  #now(): number {
    return this.#parts.clock.now().getTime();
  }

  #sleep(ms: number): Promise<unknown> {
    return (this.#parts.sleep ?? pause)(ms);
  }
}

/** Written into the options themselves: octokit's own hooks further in see those and not what is handed on. */
function signed<Options extends HookedOptions>(
  options: Options,
  authorization: string,
  signal: AbortSignal,
): Options {
  const { headers, request } = options;
  return Object.assign(options, {
    headers: { ...headers, authorization },
    request: { ...request, signal },
  });
}

function installationKey({ grant }: PolicyOptions): number {
  return grant?.installationId ?? theAppItself;
}

function writesOf({ method, url, query }: HookedOptions): WriteKind[] {
  if (method === "GET") return [];
  if (!url.endsWith("/graphql")) return [url.includes("/git/") ? "object" : "content"];
  const mutation = typeof query === "string" && allowedMutations.has(query) ? query : "";
  return Array.from(mutation.matchAll(/\(input: /g), () => "content");
}

function tooLate(leave: number, now: number): Failure {
  const why =
    leave > now
      ? `GitHub limits the requests of this installation until ${new Date(leave).toISOString()}.`
      : `A request to GitHub waited for its turn for more than ${patienceMs / 1_000} s.`;
  return new Failure("github", why);
}
