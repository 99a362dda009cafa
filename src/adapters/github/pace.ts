/**
 * How many writes of one installation GitHub allows in a stretch of milliseconds before it objects: of what people can see, and
 * of any kind, where each is five of the 900 points of a minute; the rest of those is left to what is read beside them.
 */
const githubLimits = [
  { of: "content", writes: 80, ms: 60_000 },
  { of: "content", writes: 500, ms: 3_600_000 },
  { of: "any", writes: 150, ms: 60_000 },
] as const;

/** What a write is: text that people can see, or an object of git. */
export type WriteKind = "content" | "object";

/** Writes further back than this number matter to no limit. */
const mostRemembered = Math.max(...githubLimits.map(({ writes }) => writes));

/** Keeps the writes of each installation within GitHub's limits, and slows nothing below them. */
export class Pace {
  readonly #sent = new Map<string, number[]>();
  readonly #limits: readonly (typeof githubLimits)[number][];

  /** An Enterprise Server has no such limits unless its administrator sets them. */
  constructor(which: "github" | "none" = "github") {
    this.#limits = which === "github" ? githubLimits : [];
  }

  /** The moment from which the next write is within every limit. */
  freeAt(installationId: number, kind: WriteKind): number {
    const binding = this.#limits.filter(({ of }) => of === "any" || kind === "content");
    return Math.max(
      0,
      ...binding.map(({ of, writes, ms }) => (this.#of(installationId, of).at(-writes) ?? -ms) + ms),
    );
  }

  /** Remembers a write that is sent now. */
  note(installationId: number, kind: WriteKind, now: number): void {
    for (const of of kind === "content" ? ["content", "any"] : ["any"])
      this.#sent.set(`${installationId} ${of}`, [
        ...this.#of(installationId, of).slice(1 - mostRemembered),
        now,
      ]);
  }

  #of(installationId: number, of: string): number[] {
    return this.#sent.get(`${installationId} ${of}`) ?? [];
  }
}
