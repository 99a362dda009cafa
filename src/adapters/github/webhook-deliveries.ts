import type { DeliveryTry, WebhookDeliveries } from "../../ports/github.ts";
import type { GitHubClient } from "./access.ts";

/** GitHub's largest page, and how many of them are read at most: 5,000 tries. */
const size = { page: 100, pages: 50 };

/** The deliveries to the App's webhook, as GitHub remembers them. */
export function webhookDeliveriesOf(client: GitHubClient): WebhookDeliveries {
  return {
    async since(time) {
      const tries: DeliveryTry[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < size.pages; page++) {
        const answer = await deliveriesPage(client, cursor);
        const newer = answer.tries.filter(({ at }) => Date.parse(at) >= time.getTime());
        tries.push(...newer);
        cursor = answer.next;
        if (cursor === undefined || newer.length < answer.tries.length) break;
      }
      return tries;
    },
    redeliver: (id) => redeliver(client, id),
  };
}

/** Asks GitHub for a delivery again. */
export async function redeliver(client: GitHubClient, id: number): Promise<void> {
  await client.request("POST /app/hook/deliveries/{delivery_id}/attempts", {
    delivery_id: id,
    request: { repeatable: true },
  });
}

/** One page of tries, the newest first, and where the next begins. */
export async function deliveriesPage(
  client: GitHubClient,
  cursor?: string,
): Promise<{ tries: DeliveryTry[]; next: string | undefined }> {
  const { data, headers } = await client.request("GET /app/hook/deliveries", {
    per_page: size.page,
    ...(cursor !== undefined && { cursor }),
  });
  const tries = data.map(({ id, guid, event, delivered_at: at, status_code: status }) => ({
    ...{ id, delivery: guid, event, at, status },
  }));
  return { tries, next: cursorIn(headers.link) };
}

/** The cursor of the next page, from a header such as `<https://…?per_page=100&cursor=v1_123>; rel="next"`. */
function cursorIn(link: string | undefined): string | undefined {
  const next = /<(?<url>[^>]+)>;\s*rel="next"/.exec(link ?? "")?.groups?.url;
  return next ? (new URL(next).searchParams.get("cursor") ?? undefined) : undefined;
}
