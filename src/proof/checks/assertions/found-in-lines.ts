import type { Break } from "./edit.ts";

/** What a reader of a language without a grammar finds; `shown` is what is told of it, and `test` is "" outside of tests. */
export type FoundInLines = { from: number; to: number; test: string; isSkipped: boolean; broken: Break };

/** A text of such a language: `code` has no comments, `bare` no strings either; offsets are the same. */
export type MaskedCode = { text: string; code: string; bare: string };
