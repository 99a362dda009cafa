import { z } from "zod";

/** What code can look at to tell who runs it, and what a proof can change without touching the command. */
export const surroundings = ["CI", "directory", "date"] as const;
export const Surrounding = z.enum(surroundings);
export type Surrounding = z.infer<typeof Surrounding>;
