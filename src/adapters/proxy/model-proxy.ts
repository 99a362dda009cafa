import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { ModelProvider, Prices } from "../../domain/evidence/model-usage.ts";
import type { NetworkProxies } from "../../domain/host/network-proxies.ts";
import type { TurnBound } from "../../ports/workshop.ts";
import type { Log } from "../../ports.ts";
import { listenAt, socketPlace } from "../sandbox/socket-place.ts";
import { Account, type ModelUsage, type Overdraft } from "./account.ts";
import { type Allowed, judgeRequest } from "./judge-request.ts";
import type { ModelUse } from "./model-use.ts";
import { openSlots, type Slots } from "./open-slots.ts";
import { type ProviderRoutes, providerRoutes } from "./provider-routes.ts";
import { refuse } from "./refuse.ts";
import { type Line, portPlaceholder } from "./relay-command.ts";
import { openTurnTally, type TurnTally } from "./turn-tally.ts";
import { type End, openUpstream, type Upstream } from "./upstream.ts";

/** Connections at once: an agent that is several needs some dozens, and each is a descriptor of ours. */
const connections = 64;
/** Answers at once that cost money: what they cost is known only afterwards, so they may overdraw a budget together. */
const meteredAtOnce = 8;

/** What a proxy is opened with; the key stays in this process. */
export type ModelProxyOrder = {
  provider: ModelProvider;
  key: string;
  upstream?: string | undefined;
  baseUrlVariable?: string | undefined;
  /** How an agent is told the address that needs more than one variable for it. */
  at?: ((address: string) => Record<string, string>) | undefined;
  keyVariable?: string | undefined;
  budgetUsd: number | null;
  /** Whether a person set the money, so that what cannot be measured MUST be refused. */
  mustMeasure?: boolean;
  prices: Prices;
  turns: TurnBound;
  directory: string;
  log: Log;
  /** The network's own proxies, one of which may lie before the model. */
  proxies?: NetworkProxies | undefined;
  /** Told of each change of what the model was used for. */
  onUse?: (use: ModelUse) => void;
};

/** A proxy to one model for one attempt: a line into the sandbox, and the account of what went over it. */
export type ModelProxy = Line & { usage(): ModelUsage & { turns: number }; close(): Promise<void> };

/**
 * Opens a model proxy on a socket of its own. It takes a token that is good for this attempt alone, lets through what
 * the provider's table names, puts the real key in the place of the token, and counts what the answers cost.
 */
export async function openModelProxy(order: ModelProxyOrder): Promise<ModelProxy> {
  const provider: ProviderRoutes = providerRoutes[order.provider];
  const token = `drafthorse-${randomBytes(24).toString("hex")}`;
  const place = await socketPlace(order.directory);
  const upstream = openUpstream({ ...order, base: order.upstream ?? provider.upstream });
  const account = new Account(order);
  const tally = await openTurnTally(order.directory, order.turns.used);
  const slots = openSlots(meteredAtOnce);
  const desk: Desk = { order, provider, token, upstream, account, tally, slots };
  const server = createServer((request, response) => {
    answerModelRequest(desk, { request, response }).catch((error: Error) => {
      // The name alone: the message of an error about a header may quote it, and with it the key.
      order.log.error({ cause: error.name }, "a request to the model could not be passed on");
      refuse(response, { status: 502, why: "the model could not be asked" });
    });
  });
  server.maxConnections = connections;
  // A tunnel is no request of a model; without a listener the socket would be closed without a word.
  server.on("connect", (_, socket) => socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"));
  await listenAt(server, place.socket);
  return {
    socket: place.socket,
    environment: modelEnvironment(order, { provider, token }),
    usage: () => ({ ...account.usage(), turns: tally.count() - order.turns.used }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      upstream.close();
      await place.remove();
    },
  };
}

function modelEnvironment(
  { at, baseUrlVariable, keyVariable }: ModelProxyOrder,
  { provider, token }: { provider: ProviderRoutes; token: string },
): Record<string, string> {
  const { baseUrl, base, key } = provider.variables;
  const address = `http://127.0.0.1:${portPlaceholder}`;
  const told = at?.(address) ?? { [baseUrlVariable ?? baseUrl]: `${address}${base}` };
  return { ...told, [keyVariable ?? key]: token };
}

type Desk = {
  order: ModelProxyOrder;
  provider: ProviderRoutes;
  token: string;
  upstream: Upstream;
  account: Account;
  tally: TurnTally;
  slots: Slots;
};
type ModelExchange = { request: IncomingMessage; response: ServerResponse };

async function answerModelRequest(desk: Desk, { request, response }: ModelExchange): Promise<void> {
  const { account, order } = desk;
  const asked = { method: request.method ?? "", url: request.url ?? "", headers: request.headers };
  const judged = judgeRequest(asked, desk);
  if (judged.kind === "refused") {
    account.refuse();
    order.log.info({ method: asked.method, status: 403 }, "a request to the model was refused");
    return refuse(response, { status: 403, why: judged.why });
  }
  if (judged.route.metered) return desk.slots(() => passMetered(desk, judged, { request, response }));
  await passModelRequest(desk, judged, { request, response });
}

/** Judged when its turn has come, and not before: by then the account knows what the others cost. */
async function passMetered(desk: Desk, judged: Allowed, exchange: ModelExchange): Promise<void> {
  const { account, order, tally } = desk;
  if (exchange.response.destroyed) return;
  const overdrawn = overdraftOf(desk);
  if (overdrawn) {
    account.refuse();
    order.log.info({ path: judged.name, status: 402 }, "a request to the model was refused");
    tellUse(desk, overdrawn.bound);
    return refuse(exchange.response, { status: 402, why: overdrawn.why });
  }
  await tally.add();
  await enterCost(desk, await passModelRequest(desk, judged, exchange));
}

async function passModelRequest(desk: Desk, judged: Allowed, exchange: ModelExchange): Promise<End> {
  const { account, order } = desk;
  account.ask();
  const { header, prefix } = desk.provider.credential;
  const headers = { ...judged.headers, [header]: `${prefix}${order.key}` };
  const end = await desk.upstream.pass({ ...judged, headers, provider: order.provider }, exchange);
  const used = end.kind === "measured" ? end.used : undefined;
  const fields = { method: judged.route.method, path: judged.name, status: end.status, ...used };
  order.log.info(fields, "a request to the model was passed on");
  return end;
}

function overdraftOf({ account, tally, order: { turns } }: Desk): Overdraft | undefined {
  if (tally.count() < turns.limit) return account.overdrawn();
  return { why: `all ${turns.limit} turns of the attempt are used`, bound: "turns" };
}

/** Enters what an exchange cost. One that the model turned down was no turn: an agent that asks again is not at fault. */
async function enterCost(desk: Desk, end: End): Promise<void> {
  if (end.kind === "measured") desk.account.charge(end.used);
  if (end.kind === "unmeasured") desk.account.chargeUnmeasured(end);
  if (end.kind === "free") await desk.tally.takeBack();
  tellUse(desk, null);
}

function tellUse({ account, tally, order }: Desk, refused: ModelUse["refused"]): void {
  order.onUse?.({ turns: tally.count(), usd: account.spentUsd(), refused });
}
