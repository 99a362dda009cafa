import type { IncomingHttpHeaders } from "node:http";
import { isSameSecret } from "../../domain/text/is-same-secret.ts";

/** Who asks for the metrics. */
export type MetricsReader = { address: string | undefined; headers: IncomingHttpHeaders };

const loopback = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/;
const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/** What a proxy adds: behind one on this machine the whole world seems to come from it. */
const forwarded = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

/**
 * Whether somebody may read the metrics: with the token where there is one; else only from this machine, under a name of
 * this machine (a page elsewhere may have pointed its own name here), and past no proxy.
 */
export function mayReadMetrics({ address, headers }: MetricsReader, token: string | undefined): boolean {
  if (token !== undefined) return isSameSecret(headers.authorization, `Bearer ${token}`);
  return isOfThisMachine({ address, headers });
}

/** Whether a request comes from this machine itself. */
export function isOfThisMachine({ address, headers }: MetricsReader): boolean {
  return (
    loopback.test(address ?? "") &&
    loopbackHost.test(headers.host ?? "") &&
    forwarded.every((name) => headers[name] === undefined)
  );
}
