import { z } from "zod";

/** A Node.js that the repository asks for and this machine does not have. */
export const WantedNode = z.object({
  wanted: z.string().describe("the version or range as the repository wrote it"),
  from: z.string().describe("the file that asks for it"),
  here: z.string().describe("the version of this machine, such as `20.18.0`"),
});
export type WantedNode = z.infer<typeof WantedNode>;
