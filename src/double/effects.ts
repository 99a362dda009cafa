/** What one request of the App changed. */
export type Effect = {
  id: number;
  at: string;
  method: string;
  path: string;
  status: number;
  /** What happened to which noun, such as `comment.created`. */
  kind: string;
  repository: string | undefined;
  /** The number, id, sha or ref of what was changed. */
  subject: string | number;
};

/** What a handler says that it changed; the door adds the request, and the repository where the path names it. */
export type EffectNote = Pick<Effect, "kind" | "subject"> & { repository?: string };

/** The log of all that the App changed, in order; answers that were lost are in it too. */
export class Effects {
  readonly #all: Effect[] = [];

  /** All effects, or those of one kind; `comment.*` means every kind that begins with `comment.`. */
  list(kind?: string): Effect[] {
    if (!kind) return [...this.#all];
    if (kind.endsWith(".*")) return this.#all.filter((effect) => effect.kind.startsWith(kind.slice(0, -1)));
    return this.#all.filter((effect) => effect.kind === kind);
  }

  /** How many effects of a kind there were. */
  count(kind?: string): number {
    return this.list(kind).length;
  }

  /** Adds an effect. */
  record(effect: Omit<Effect, "id">): void {
    this.#all.push({ id: this.#all.length + 1, ...effect });
  }
}
