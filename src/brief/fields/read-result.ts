import type { Problem } from "../../domain/task/brief.ts";

/** What a section gave: its value, if one was found, and what is wrong with it. */
export type Read<T> = { value?: T; problems: Problem[] };
