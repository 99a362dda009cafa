import type { IncomingHttpHeaders } from "node:http";
import { isSameSecret } from "../../domain/text/is-same-secret.ts";
import type { ProviderRoutes, Route } from "./provider-routes.ts";

/** A request as it came over the socket; nothing of it is believed. */
export type UntrustedRequest = { method: string; url: string; headers: IncomingHttpHeaders };

/** What of a request goes on: a path that the table has, and the headers that matter to a model. */
export type Allowed = { route: Route; path: string; name: string; headers: Record<string, string> };

/** Headers of a client that a provider needs; credentials, accounts and whatever steers a connection are not here. */
const passed =
  /^(?:accept|accept-language|content-type|user-agent|anthropic-(?:version|beta|dangerous-direct-browser-access)|openai-beta|originator|session[_-]id|x-app|x-goog-api-client|x-stainless-[a-z-]+)$/;

/** The places in which an agent may show its token; each is emptied whatever it holds. */
function shownTokens({ headers }: UntrustedRequest, query: URLSearchParams): string[] {
  const bearer = /^Bearer (?<token>\S+)$/i.exec(headers.authorization ?? "")?.groups?.token;
  return [bearer, headers["x-api-key"], headers["x-goog-api-key"], ...query.getAll("key")]
    .flat()
    .filter((value) => value !== undefined);
}

/** Decides whether a request is one that the provider's table knows, from somebody who has the attempt's token. */
export function judgeRequest(
  asked: UntrustedRequest,
  { provider, token }: { provider: ProviderRoutes; token: string },
) {
  const [path = "", query = "", ...rest] = asked.url.split("?");
  const route = provider.routes.find(
    ({ method, path: known }) => method === asked.method && known.test(path),
  );
  if (!route || rest.length > 0 || !isPlainQuery(query))
    return refusedRequest("the model is not asked for this");
  const parameters = new URLSearchParams(query);
  if ([...parameters.keys()].some((key) => !provider.query.includes(key)))
    return refusedRequest("the query has a parameter that the model is not given");
  if (!shownTokens(asked, parameters).some((shown) => isSameSecret(shown, token)))
    return refusedRequest("the token is not the one of this attempt");
  parameters.delete("key");
  const sent = parameters.size === 0 ? path : `${path}?${parameters}`;
  return { kind: "allowed" as const, route, path: sent, name: path, headers: headersOf(asked) };
}

function refusedRequest(why: string) {
  return { kind: "refused" as const, why };
}

/** No fragment, nothing encoded, nothing that two parsers could read differently. */
function isPlainQuery(query: string): boolean {
  return /^(?:[A-Za-z0-9_]+=[A-Za-z0-9_.-]*(?:&|$))*$/.test(query);
}

function headersOf({ headers }: UntrustedRequest): Record<string, string> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    passed.test(name) && typeof value === "string" ? [[name, value]] : [],
  );
  return Object.fromEntries(kept);
}
