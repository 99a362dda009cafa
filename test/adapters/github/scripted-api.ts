import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { openGitHub } from "../../../src/adapters/github/open-github.ts";
import { keepingLog } from "../../support/keeping-log.ts";

/** An answer of the script: a body and headers, or what else can become of a request. */
export type Scripted =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | "reset"
  | "silence"
  | "broken off";

/** A request as it arrived. */
export type Heard = { method: string; path: string; headers: IncomingHttpHeaders; at: number };

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** A repository that the script knows nothing about. */
export const repository = { id: 1, installationId: 7, owner: "ada", name: "widgets", defaultBranch: "main" };

/**
 * The adapter over a server that answers by a script, with a clock that only waiting moves. Where the script is silent
 * answers are waited for a short time, elsewhere long enough for a busy machine.
 */
export async function scriptedApi(
  script: (heard: Heard, tries: number) => Scripted,
  { isSilent = false, writeLimits }: { isSilent?: boolean; writeLimits?: "none" } = {},
) {
  const heard: Heard[] = [];
  const clock = { ms: Date.parse("2026-11-21T12:00:00Z"), now: () => new Date(clock.ms) };
  let minted = 0;
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const path = url.split("?")[0] ?? "";
    for await (const _ of request);
    const mine = { method, path, headers, at: clock.ms };
    heard.push(mine);
    const tries = heard.filter((one) => one.method === method && one.path === path).length;
    const answer = script(mine, tries);
    const mints = path.endsWith("/access_tokens") && typeof answer === "object" && answer.status === 200;
    if (!mints) return play(answer, response);
    minted += 1;
    const expires = new Date(clock.ms + 3_600_000).toISOString();
    play({ status: 201, body: { token: `ghs_canary${minted}`, expires_at: expires } }, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const log = keepingLog();
  const github = openGitHub({
    appId: 1,
    privateKey,
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clock,
    log,
    writeLimits,
    answerMs: isSilent ? 400 : 10_000,
    sleep: async (ms) => {
      clock.ms += ms;
    },
  });
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { github, heard, clock, log, close };
}

function play(answer: Scripted, response: ServerResponse): void {
  if (answer === "silence") return;
  if (answer === "reset") return void response.destroy();
  if (answer === "broken off") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
    response.write('{"number": 1, "ti');
    setImmediate(() => response.destroy());
    return;
  }
  response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
  response.end(JSON.stringify(answer.body ?? { message: `Scripted ${answer.status}` }));
}
