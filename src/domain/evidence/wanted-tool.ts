import { z } from "zod";

/** The languages whose version a repository asks for and a machine has. Node.js is told by itself, as `WantedNode`. */
export const toolNames = ["Python", "Go", "Rust"] as const;

/** The version that this machine's sandbox has of each; absent: none, or it did not say. */
export type Toolchains = { [name in (typeof toolNames)[number]]?: string };

/** A version of a language that the repository asks for and this machine does not have. */
export const WantedTool = z.object({
  tool: z.enum(toolNames),
  wanted: z.string().describe("the version or range as the repository wrote it"),
  from: z.string().describe("the file that asks for it"),
  here: z.string().describe("the version of this machine, such as `3.11.2`"),
});
export type WantedTool = z.infer<typeof WantedTool>;
