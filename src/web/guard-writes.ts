import type { MiddlewareHandler } from "hono";

const reads = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses every write that one of our own pages did not send. A browser names the page's origin with each POST, and no
 * page can name another; cookies alone would also come with a form on somebody else's page.
 */
export function guardWrites(publicUrl: string | undefined): MiddlewareHandler {
  return async (context, next) => {
    if (reads.has(context.req.method)) return next();
    const { origin, host, "sec-fetch-site": site } = context.req.header();
    if (isFromOurPage({ origin, host, site }, publicUrl)) return next();
    return context.text(
      "This was not sent from a page of Drafthorse. Open the page anew and try again.\n",
      403,
    );
  };
}

/** What a browser says of where a request comes from. */
export type WriteSource = { origin: string | undefined; host: string | undefined; site: string | undefined };

/** Whether a write comes from a page of ours. */
export function isFromOurPage({ origin, host, site }: WriteSource, publicUrl: string | undefined): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  if (site !== undefined && site !== "same-origin") return false;
  const from = new URL(origin);
  if (publicUrl !== undefined && from.origin === new URL(publicUrl).origin) return true;
  return host !== undefined && from.host === host.toLowerCase();
}
