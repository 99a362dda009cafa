/** How many content writes of one installation GitHub allows in a stretch of milliseconds before it objects. */
const limits = [
  { writes: 80, ms: 60_000 },
  { writes: 500, ms: 3_600_000 },
];

/** Writes further back than this number matter to no limit. */
const mostRemembered = Math.max(...limits.map(({ writes }) => writes));

/** Keeps the writes of each installation within GitHub's limits, and slows nothing below them. */
export class Pace {
  readonly #sent = new Map<number, number[]>();

  /** The moment from which the next write is within every limit. */
  freeAt(installationId: number): number {
    const sent = this.#sent.get(installationId) ?? [];
    return Math.max(0, ...limits.map(({ writes, ms }) => (sent.at(-writes) ?? -ms) + ms));
  }

  /** Remembers a write that is sent now. */
  note(installationId: number, now: number): void {
    const sent = this.#sent.get(installationId) ?? [];
    this.#sent.set(installationId, [...sent.slice(1 - mostRemembered), now]);
  }
}
