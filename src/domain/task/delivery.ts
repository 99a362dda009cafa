import { z } from "zod";

/**
 * A webhook delivery as it was stored before it was acknowledged. Only `digest` (SHA-256 of the signed body, hex)
 * identifies it: the delivery id and the event's name are headers that nobody signed.
 */
export const Delivery = z.object({
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  id: z.string(),
  event: z.string(),
  body: z.string(),
  receivedAt: z.iso.datetime(),
});
export type Delivery = z.infer<typeof Delivery>;
