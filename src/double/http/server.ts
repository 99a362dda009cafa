import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerGit, gitPath, type RawRequest } from "../answer-git.ts";
import { answerControl } from "../control/answer-control.ts";
import type { RequestFault } from "../faults.ts";
import type { GitHub } from "../github.ts";
import { answerOauth, oauthPath } from "../oauth/answer-oauth.ts";
import { answerAppPage, appPagePath } from "../oauth/app-pages.ts";
import { answerPage } from "../pages/answer-page.ts";
import { Refusal } from "../refusal.ts";
import { answerRest } from "../rest/answer-rest.ts";
import { now, type World } from "../world.ts";
import { type Answer, refused } from "./answer.ts";

const largestBody = 40 * 1024 * 1024;
/** Milliseconds. */
const idle = 10 * 60 * 1000;
const restPath = /^\/(?:apps?|app-manifests|installation|orgs|repos|users?)(?:\/|$)/;
const controlPath = /^\/_double\//;
const latest = "2022-11-28";

/** A server that listens. */
export type Listening = { url: string; close: () => Promise<void> };

/** Listens on a free port of the loopback, or on the port given. */
export async function listen(world: World, github: GitHub, port = 0): Promise<Listening> {
  const server = createServer((request, response) => {
    handle({ world, github, request, response }).catch((error: unknown) => {
      // A client that was killed in the middle of its request needs no answer.
      if (request.socket.destroyed) return;
      console.error("The GitHub double failed", error);
      writeAnswer(world, response, { status: 500, body: { message: "Server Error" } });
    });
  });
  // Node closes idle connections after 5 s; a client that uses one at that very moment would see a fault of ours.
  server.keepAliveTimeout = idle;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      world.faults.clear();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await world.hooks.settled();
    },
  };
}

type ServedExchange = { world: World; github: GitHub; request: IncomingMessage; response: ServerResponse };

async function handle(exchange: ServedExchange): Promise<void> {
  const { world, request, response } = exchange;
  const raw = await receive(world, request);
  const fault = controlPath.test(raw.url.pathname)
    ? undefined
    : world.faults.takeRequestFault(raw.method, faultPath(raw));
  const answer = await withFault(fault, () => answerRaw(exchange, raw));
  if (answer) record(world, raw, answer);
  if (fault?.kind === "hold" && fault.when === "after") await fault.gate.pass();
  if (!answer || fault?.kind === "lose") request.socket.destroy();
  else writeAnswer(world, response, answer);
}

/** GraphQL has one path for all; a mutation is named behind it, as in `/graphql/createCheckRun`. */
function faultPath({ url, body }: RawRequest): string {
  if (url.pathname !== "/graphql") return url.pathname;
  const { query } = (parseJson(body) ?? {}) as { query?: unknown };
  const mutation = /^\s*mutation\b[^{]*\{\s*(?:\w+:\s*)?(?<name>\w+)/.exec(String(query))?.groups?.name;
  return mutation ? `/graphql/${mutation}` : "/graphql";
}

/** What happens before the answer; undefined if the connection breaks before anything does. */
async function withFault(
  fault: RequestFault | undefined,
  answer: () => Promise<Answer>,
): Promise<Answer | undefined> {
  if (fault?.kind === "cut") return undefined;
  if (fault?.kind === "fail") return { status: fault.status, body: { message: "Server Error" } };
  if (fault?.kind === "hold" && fault.when === "before") await fault.gate.pass();
  return answer();
}

async function answerRaw({ world, github }: ServedExchange, raw: RawRequest): Promise<Answer> {
  const { pathname } = raw.url;
  if (gitPath.test(pathname)) return answerGit(world, raw);
  if (appPagePath.test(pathname)) return answerAppPage(world, raw);
  if (oauthPath.test(pathname)) return answerOauth(world, raw);
  if (raw.body.byteLength > largestBody) return refused(new Refusal(413, "Payload Too Large"));
  const body = parseJson(raw.body);
  if (body instanceof Refusal) return refused(body);
  if (controlPath.test(pathname)) return answerControl({ world, github }, { ...raw, body });
  if (raw.method === "GET" && !restPath.test(pathname)) return answerPage(world, raw.url);
  const authorization = raw.headers.authorization;
  const { method, url } = raw;
  const answer = await answerRest(world, {
    method,
    url,
    authorization,
    body,
    knows: raw.headers["if-none-match"],
  });
  world.observe({ method, url, body, status: answer.status, answer: answer.body });
  return answer;
}

function parseJson(body: Uint8Array): unknown {
  if (body.byteLength === 0) return undefined;
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return new Refusal(400, "Problems parsing JSON");
  }
}

async function receive(world: World, request: IncomingMessage): Promise<RawRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", world.url),
    headers: request.headers as Record<string, string | undefined>,
    body: Buffer.concat(chunks),
  };
}

function record(world: World, { method, url }: RawRequest, answer: Answer): void {
  const { pathname } = url;
  const repository = pathname.match(/^\/(?:repos\/)?(?<name>[^/]+\/[^/]+?)(?:\.git)?(?:\/|$)/)?.groups?.name;
  const request = { at: now(world), method, path: pathname, status: answer.status };
  const effects = [answer.effect, ...(answer.effects ?? [])].flatMap((effect) => effect ?? []);
  for (const effect of effects) world.effects.record({ ...request, repository, ...effect });
}

function writeAnswer(world: World, response: ServerResponse, answer: Answer): void {
  const raw = typeof answer.body === "string" || answer.body instanceof Uint8Array;
  response.writeHead(answer.status, {
    "content-type": "application/json; charset=utf-8",
    date: new Date(world.clock()).toUTCString(),
    "x-github-media-type": "github.v3; format=json",
    "x-github-api-version-selected": latest,
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4999",
    ...answer.headers,
  });
  if (answer.body === undefined) response.end();
  else response.end(raw ? (answer.body as string | Uint8Array) : JSON.stringify(answer.body));
}
