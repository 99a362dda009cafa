import { request } from "@octokit/request";
import { RequestError } from "@octokit/request-error";
import { z } from "zod";
import type { NetworkProxies } from "../../domain/host/network-proxies.ts";
import { Failure } from "../../domain/task/failure.ts";
import { fetchThrough } from "../proxy/fetch-through.ts";

/** The longest wait for the answer, in milliseconds. */
const answerMs = 10_000;

/** What GitHub tells the owner of a new App, once. `pageUrl` is the App's page, below which it is installed. */
const Registration = z.object({
  id: z.number().int(),
  html_url: z.url(),
  client_id: z.string(),
  client_secret: z.string(),
  webhook_secret: z.string().nullable(),
  pem: z.string(),
});
export type Registration = z.infer<typeof Registration>;

/** Exchanges the code of a manifest, which works once and for an hour. */
export async function registerApp(
  code: string,
  { apiUrl, proxies }: { apiUrl: string; proxies: NetworkProxies },
): Promise<Registration | "refused"> {
  try {
    const { data } = await request("POST /app-manifests/{code}/conversions", {
      code,
      baseUrl: apiUrl,
      headers: { "user-agent": "drafthorse" },
      request: { fetch: fetchThrough(proxies), signal: AbortSignal.timeout(answerMs) },
    });
    return Registration.parse(data);
  } catch (error) {
    if (error instanceof RequestError && [404, 422].includes(error.status)) return "refused";
    throw new Failure("github", "GitHub did not hand over the App's keys. Begin again.", { cause: error });
  }
}
