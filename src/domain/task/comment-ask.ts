import { z } from "zod";

/** What people ask of a task by a comment, and by a button that writes the same comment in their name. */
export const CommentAsk = z.enum(["retry", "cancel"]);
export type CommentAsk = z.infer<typeof CommentAsk>;
