import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/** The same with further places that a form may be sent to. */
export function guardHeadersFor(formTargets: string[]): MiddlewareHandler {
  const headers = headersFor(formTargets);
  return (context, next) => {
    context.header("cache-control", "no-store");
    return headers(context, next);
  };
}

const headersFor = (formTargets: string[]): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      connectSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      formAction: ["'self'", ...formTargets],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: "same-origin",
    xFrameOptions: "DENY",
    // Whether the dashboard is reached by HTTPS is the business of who puts it behind a name.
    strictTransportSecurity: false,
  });

/** No page loads anything from elsewhere, is shown in a frame, or stays in a cache. */
export const guardHeaders: MiddlewareHandler = guardHeadersFor([]);
