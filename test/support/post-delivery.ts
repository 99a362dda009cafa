import { createHmac, randomUUID } from "node:crypto";

/** A webhook delivery as a test sends it; what it does not say is as GitHub would have it. */
export type Posted = { body: string; event?: string; signature?: string; guid?: string };

/** Posts a delivery to a service, signed unless told otherwise; resolves to its answer. */
export async function postDelivery(
  { url, secret }: { url: string; secret: string },
  { body, event = "issues", guid = randomUUID(), signature }: Posted,
): Promise<{ status: number; text: string }> {
  const mac = createHmac("sha256", secret).update(body).digest("hex");
  const answer = await fetch(`${url}/api/github/webhooks`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-github-delivery": guid,
      "x-github-event": event,
      "x-hub-signature-256": signature ?? `sha256=${mac}`,
    },
    body,
  });
  return { status: answer.status, text: await answer.text() };
}
