import { setTimeout as pause } from "node:timers/promises";
import type {
  AppRegistration,
  HookFacts,
  InstallationFacts,
  RegisteredAppFacts,
} from "../../ports/doctor.ts";
import type { DeliveryTry } from "../../ports/github.ts";
import type { GitHubClient } from "./access.ts";
import { allFitting, everyItem } from "./pages.ts";
import { deliveriesPage, redeliver } from "./webhook-deliveries.ts";

/** GitHub waits 10 s for an answer, and queues a delivery for a moment before: in milliseconds. */
const pingMs = { all: 30_000, pause: 500 };

/** Who the App is, in GitHub's words; rejects where GitHub does not take its credentials. */
export async function registeredApp(client: GitHubClient, serverUrl: string): Promise<RegisteredAppFacts> {
  const { data } = await client.request("GET /app");
  // GitHub's type allows for an App without a name, which an App that authenticates never is.
  const { id = 0, slug = "", owner, permissions = {}, events = [] } = data ?? {};
  const ofOwner =
    owner && "type" in owner && owner.type === "Organization" ? `/organizations/${owner.login}` : "";
  return {
    ...{ id, slug, events, permissions: written(permissions) },
    page: `${serverUrl}${ofOwner}/settings/apps/${slug}`,
    installPage: `${data?.html_url ?? `${serverUrl}/apps/${slug}`}/installations/new`,
  };
}

/** What GitHub knows of the App's webhook and installations. */
export function appRegistration(client: GitHubClient): AppRegistration {
  return {
    hook: () => readHook(client),
    installations: () => readInstallations(client),
    deliveries: async () => (await deliveriesPage(client)).tries,
    ping: (newest) => ping(client, newest),
  };
}

async function readHook(client: GitHubClient): Promise<HookFacts> {
  const { data } = await client.request("GET /app/hook/config");
  return {
    url: data.url ?? "",
    isJson: data.content_type === "json",
    checksTls: Number(data.insecure_ssl ?? 0) === 0,
    hasSecret: Boolean(data.secret),
  };
}

async function readInstallations(client: GitHubClient): Promise<InstallationFacts[]> {
  const all = everyItem((page) => client.request("GET /app/installations", page));
  return (await allFitting(all, () => true)).map(({ account, suspended_at, permissions, html_url }) => ({
    account: account && "login" in account ? account.login : "an account",
    isSuspended: suspended_at !== null,
    permissions: written(permissions),
    page: html_url,
  }));
}

function written(permissions: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(permissions).map(([name, level]) => [name, String(level)]));
}

/** The answer to a redelivery is another try of the same delivery, with an id of its own. */
async function ping(client: GitHubClient, newest: DeliveryTry): Promise<DeliveryTry | undefined> {
  const known = new Set((await deliveriesPage(client)).tries.map(({ id }) => id));
  await redeliver(client, newest.id);
  for (let waited = 0; waited < pingMs.all; waited += pingMs.pause) {
    const { tries } = await deliveriesPage(client);
    const fresh = tries.find(({ id, delivery }) => delivery === newest.delivery && !known.has(id));
    if (fresh) return fresh;
    await pause(pingMs.pause);
  }
  return undefined;
}
