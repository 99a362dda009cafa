import { mkdtempSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import {
  type ModelProxy,
  type ModelProxyOrder,
  openModelProxy,
} from "../../../src/adapters/proxy/model-proxy.ts";
import type { ModelUse } from "../../../src/adapters/proxy/model-use.ts";
import { askSocket, sendRaw } from "../../support/ask-socket.ts";
import { startServer, type TestServer } from "../../support/http-server.ts";
import { eventually } from "../../support/processes.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { answers } from "./model-answers.ts";

const directory = testDirectory();
const key = "real-key-4711-canary";
const prices = { "claude-x": { input: 1, output: 10, cacheRead: 0.1, cacheWrite: 2 } };
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

type World = { upstream: TestServer; proxy: ModelProxy; token: string; logged: string[] };

/** A proxy before a model that always answers the same. */
async function world(
  answer: Parameters<typeof startServer>[0],
  order: Partial<ModelProxyOrder> = {},
): Promise<World> {
  const upstream = await startServer(answer);
  const logged: string[] = [];
  const info = (...words: unknown[]) => void logged.push(JSON.stringify(words));
  const proxy = await openModelProxy({
    ...{ provider: "anthropic", key, upstream: upstream.url, budgetUsd: null, prices, directory },
    turns: { limit: 10_000, used: 0 },
    log: { ...silent, info },
    ...order,
  });
  open.push(proxy.close, upstream.close);
  const token = Object.entries(proxy.environment).find(([name]) => name.endsWith("KEY"))?.[1] ?? "";
  return { upstream, proxy, token, logged };
}

const says = (body: string, type = "application/json") =>
  ((_, response) => response.writeHead(200, { "content-type": type }).end(body)) satisfies Parameters<
    typeof startServer
  >[0];
const message = JSON.stringify({
  model: "claude-x-20260101",
  usage: { input_tokens: 1_000_000, output_tokens: 100_000 },
});

describe("the model proxy", () => {
  test.each(answers)("counts what an answer cost: $what", async ({ provider, path, type, body, used }) => {
    const { proxy, token, upstream } = await world(says(body, type), { provider });

    const answer = await askSocket(proxy.socket, {
      ...{ method: "POST", path, body: "{}" },
      headers: { authorization: `Bearer ${token}` },
    });

    expect(answer).toMatchObject({ status: 200, body });
    expect(answer.headers["content-type"]).toBe(type);
    expect(upstream.seen.map(({ url }) => url)).toEqual([path]);
    expect(proxy.usage()).toMatchObject({ requests: 1, unmeasured: 0, models: [used] });
  });

  test("puts the real key in the place of the token, and leaves every other account out", async () => {
    const { proxy, token, upstream } = await world(says(message));

    await askSocket(proxy.socket, {
      ...{ method: "POST", path: "/v1/messages", body: '{"a":1}' },
      headers: {
        ...{ "x-api-key": token, authorization: "Bearer other", cookie: "a=b", "x-goog-api-key": "other" },
        ...{
          "proxy-authorization": "Basic eA==",
          "openai-organization": "other",
          "x-forwarded-for": "1.2.3.4",
        },
        ...{ "anthropic-version": "2023-06-01", "content-type": "application/json", te: "trailers" },
      },
    });

    const [{ headers, body } = { headers: {}, body: "" }] = upstream.seen;
    expect(body).toBe('{"a":1}');
    expect(headers).toEqual({
      ...{ "x-api-key": key, "anthropic-version": "2023-06-01", "content-type": "application/json" },
      ...{ host: upstream.url.slice(7), connection: "keep-alive", "content-length": "7" },
      "accept-encoding": "identity",
    });
    expect(JSON.stringify(proxy)).not.toContain(key);
  });

  test("prices what it counted; a model that the list lacks has no price", async () => {
    const known = await world(says(message));
    const unknown = await world(says(message.replace("claude-x", "claude-y")));

    for (const { proxy, token } of [known, unknown])
      await askSocket(proxy.socket, {
        method: "POST",
        path: "/v1/messages",
        headers: { "x-api-key": token },
      });

    expect(known.proxy.usage().costUsd).toBe(2);
    expect(unknown.proxy.usage().costUsd).toBeNull();
    expect(known.proxy.usage().models).toHaveLength(1);
  });

  test("has no figure before anything was asked, and none where an answer told nothing", async () => {
    const { proxy, token } = await world(says('{"model":"claude-x-20260101"}'));
    expect(proxy.usage().costUsd).toBeNull();

    await askSocket(proxy.socket, { method: "POST", path: "/v1/messages", headers: { "x-api-key": token } });

    expect(proxy.usage()).toMatchObject({ unmeasured: 1, costUsd: null });
  });

  test.each([
    ["used up", prices, /budget of \$1\.5 is used up/],
    ["not to be kept", {}, /price list lacks claude-x-20260101/],
  ])("refuses to go on once the budget is %s", async (_, list, why) => {
    const { proxy, token, upstream } = await world(says(message), {
      budgetUsd: 1.5,
      prices: list,
      mustMeasure: true,
    });
    const ask = (path = "/v1/messages") =>
      askSocket(proxy.socket, { method: "POST", path, headers: { "x-api-key": token } });

    const first = await ask();
    const second = await ask();
    const counting = await ask("/v1/messages/count_tokens");

    expect([first.status, second.status, counting.status]).toEqual([200, 402, 200]);
    expect(JSON.parse(second.body).error.message).toMatch(why);
    expect(upstream.seen).toHaveLength(2);
  });

  test("goes on without a price where nobody asked for the money to be measured", async () => {
    const { proxy, token } = await world(says(message), { budgetUsd: 1.5, prices: {} });
    const ask = () =>
      askSocket(proxy.socket, { method: "POST", path: "/v1/messages", headers: { "x-api-key": token } });

    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    expect(proxy.usage().costUsd).toBeNull();
  });

  test("an agent that hangs up before the end of its answers meets its budget all the same", async () => {
    const chunk = `data: ${JSON.stringify({ type: "content_block_delta", delta: { text: "x".repeat(60_000) } })}\n\n`;
    const { proxy, token } = await world(
      (_, response) => response.writeHead(200, { "content-type": "text/event-stream" }).write(chunk),
      { budgetUsd: 0.1 },
    );
    const options = {
      ...{ socketPath: proxy.socket, method: "POST", path: "/v1/messages", agent: false as const },
      headers: { "x-api-key": token },
    };
    await new Promise<void>((resolve) => {
      const asked = request(options, (answer) => answer.once("data", () => asked.destroy()));
      asked.once("close", resolve).end("{}");
    });
    await until(() => proxy.usage().unmeasured > 0);

    const next = await askSocket(proxy.socket, {
      method: "POST",
      path: "/v1/messages",
      headers: { "x-api-key": token },
    });

    expect(next.status).toBe(402);
    expect(proxy.usage().costUsd).toBeNull();
  });

  test.each([
    [302, 502],
    [307, 502],
    [429, 429],
    [500, 500],
    [401, 401],
  ])(
    "answers the provider's %i with %i, costs nothing, follows nothing and quotes no key",
    async (theirs, ours) => {
      const { proxy, token, upstream } = await world((_, response) =>
        response
          .writeHead(theirs, { location: "/v1/messages", "retry-after": "7", "set-cookie": "a=b" })
          .end(`wrong key ${key}`),
      );

      const { status, body, headers } = await askSocket(proxy.socket, {
        ...{ method: "POST", path: "/v1/messages", headers: { "x-api-key": token } },
      });

      expect(status).toBe(ours);
      expect(`${body}${JSON.stringify(headers)}`).not.toMatch(/4711|a=b|location/);
      expect(upstream.seen).toHaveLength(1);
      expect(proxy.usage()).toMatchObject({ unmeasured: 0, models: [] });
    },
  );

  test("says so where the provider cannot be reached", async () => {
    const { proxy, token, upstream } = await world(says(message));
    await upstream.close();

    const { status, body } = await askSocket(proxy.socket, {
      ...{ method: "POST", path: "/v1/messages", headers: { "x-api-key": token }, body: "{}" },
    });

    expect(status).toBe(502);
    expect(body).toMatch(/ECONNREFUSED/);
  });

  test("logs methods, paths, states and tokens, and nothing that was said", async () => {
    const { proxy, token, logged } = await world(says(message));

    await askSocket(proxy.socket, {
      ...{ method: "POST", path: "/v1/messages?beta=true", body: '{"secret":"words-of-the-agent"}' },
      headers: { "x-api-key": token, "user-agent": "words-of-the-agent" },
    });
    await sendRaw(proxy.socket, "POST /words-of-the-agent HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");

    expect(logged.join()).not.toMatch(new RegExp(`words-of-the-agent|${key}|${token}`));
    expect(logged[0]).toMatch(/"method":"POST","path":"\/v1\/messages","status":200.*"input":1000000/);
  });

  test("holds the provider back while nobody reads, and then hands on every byte", async () => {
    const block = `data: {"text":"${"x".repeat(60_000)}"}\n\n`;
    const total = 64 * 1024 * 1024;
    const written = { bytes: 0 };
    const { proxy, token } = await world((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const write = (): void => {
        while (written.bytes < total) {
          written.bytes += block.length;
          if (!response.write(block)) return void response.once("drain", write);
        }
        response.end();
      };
      write();
    });
    const options = { socketPath: proxy.socket, method: "POST", path: "/v1/messages", agent: false as const };
    const answer = await new Promise<IncomingMessage>((resolve) =>
      request({ ...options, headers: { "x-api-key": token } }, resolve).end("{}"),
    );

    const held = await settled(() => written.bytes);
    let read = 0;
    for await (const chunk of answer) read += chunk.length;

    expect(held).toBeLessThan(total / 2);
    expect(read).toBe(written.bytes);
  });

  test("counts the turns: what the model took on, and neither a count of tokens nor what it turned down", async () => {
    const statuses = [200, 429, 200, 500];
    const uses: ModelUse[] = [];
    const { proxy, token } = await world(
      (_, response) => response.writeHead(statuses.shift() ?? 200).end(message),
      { directory: mkdtempSync(join(directory, "turns-")), onUse: (use) => uses.push(use) },
    );
    const ask = (path: string) =>
      askSocket(proxy.socket, { method: "POST", path, headers: { "x-api-key": token } });

    for (const told of [1, 2, 3, 4]) {
      await ask("/v1/messages");
      await until(() => uses.length === told);
    }
    await ask("/v1/messages/count_tokens");
    await ask("/v1/files");

    expect(proxy.usage().turns).toBe(2);
    expect(uses.map(({ turns }) => turns)).toEqual([1, 1, 2, 2]);
    expect(uses.map(({ usd }) => usd)).toEqual([2, 2, 4, 4]);
  });

  test("takes no turn after the last, says so, and remembers them for the attempt's next leg", async () => {
    const own = mkdtempSync(join(directory, "turns-"));
    const uses: ModelUse[] = [];
    const onUse = (use: ModelUse): void => void uses.push(use);
    const answered: number[][] = [];
    const leg = async (used: number): Promise<number> => {
      const turns = { limit: 5, used };
      const { proxy, token } = await world(says(message), { directory: own, turns, onUse });
      const headers = { "x-api-key": token };
      const ask = async (): Promise<number> => {
        const before = uses.length;
        const { status } = await askSocket(proxy.socket, { method: "POST", path: "/v1/messages", headers });
        await until(() => uses.length > before);
        return status;
      };
      answered.push([await ask(), await ask()]);
      return proxy.usage().turns;
    };

    const first = await leg(0);
    // A leg whose worker was killed has told nobody of its turns: the next one is opened as if there were none.
    const second = await leg(0);
    const third = await leg(second);

    expect([first, second, third]).toEqual([2, 4, 1]);
    expect(answered).toEqual([
      [200, 200],
      [200, 200],
      [200, 402],
    ]);
    expect(uses.map(({ refused }) => refused)).toEqual([null, null, null, null, null, "turns"]);
  });

  test("tells the address in the agent's own way, where it has one", async () => {
    const at = (address: string) => ({ CONFIG: JSON.stringify({ url: `${address}/v1` }) });
    const { proxy } = await world(says(message), { at, keyVariable: "OTHER_KEY" });

    expect(proxy.environment).toEqual({
      CONFIG: '{"url":"http://127.0.0.1:{port}/v1"}',
      OTHER_KEY: expect.stringMatching(/^drafthorse-[0-9a-f]{48}$/),
    });
  });

  test("leaves nothing behind when it is closed", async () => {
    const { proxy } = await world(says(message));

    await proxy.close();

    await expect(askSocket(proxy.socket, { path: "/" })).rejects.toThrow(/ENOENT/);
  });
});

/** Looks again at each turn of the event loop. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** A number once it has not changed for a thousand turns of the event loop. */
async function settled(read: () => number): Promise<number> {
  let [before, turns] = [read(), 0];
  while (turns < 1_000) {
    await new Promise((resolve) => setImmediate(resolve));
    turns = read() === before ? turns + 1 : 0;
    before = read();
  }
  return before;
}

/** Ways to ask for something else than the table has: by the path, the method, the host, the framing, the token. */
function oddRequests(token: string): [string, string][] {
  const raw = (line: string, headers = "", body = "{}") =>
    `${line} HTTP/1.1\r\nhost: x\r\nx-api-key: ${token}\r\nconnection: close\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`;
  const paths = [
    ..."/ /v1 /v1/ /v1/messages/ //v1/messages /v1//messages /v1/messages/. /v1/./messages /v1/x/../messages".split(
      " ",
    ),
    ..."/v1/messages/.. /../v1/messages /v1/messages%2f /v1%2fmessages /%76%31/messages /v1/messages%00 /v1/%6dessages".split(
      " ",
    ),
    ..."/V1/messages /v1/Messages /v1/messages; /v1/messages;x=1 /v1/messages#x /v1/messages%23 /v1/messages%3fbeta=true".split(
      " ",
    ),
    ..."/v1/messages?x=1 /v1/messages?beta=true&x=1 /v1/messages?beta=%00 /v1/messages?beta=true? /v1/messages?beta=a%26b=c".split(
      " ",
    ),
    ..."/v1/messages?beta=true#x /v1/messages??beta=true /v1/messages?key=x /v1/messages/batches /v1/messages/batches/1/cancel".split(
      " ",
    ),
    ..."/v1/messages/1 /v1/messages/count_tokens/ /v1/complete /v1/files /v1/files/1/content /v1/skills /v1/organizations".split(
      " ",
    ),
    ..."/v1/organizations/users /v1/organizations/api_keys /v1/messages\\..\\x /v1\\messages \\v1\\messages /v1/messages,x".split(
      " ",
    ),
    ..."/v1beta/models/x:generateContent /v1/responses /v1/chat/completions /v1/embeddings /v1/images /admin * x v1/messages".split(
      " ",
    ),
    ..."http://evil.test/v1/messages https://evil.test/v1/messages http://127.0.0.1/v1/messages //evil.test/v1/messages".split(
      " ",
    ),
    ..."http:/v1/messages http:///v1/messages http://api.anthropic.com/v1/messages ///v1/messages ftp://x/v1/messages".split(
      " ",
    ),
    ..."file:///etc/passwd @evil.test/v1/messages :80/v1/messages evil.test:443 //evil.test:80 /@evil.test /http://evil.test/".split(
      " ",
    ),
    ..."/v1/messages%0d%0ax:y /v1/messages%0a /v1/messages%20 /v1/messages+ /v1/messages* /v1/mess*ages /v1/messages.json".split(
      " ",
    ),
    ..."/v1/models/ /v1/models/../messages /v1/models/.. /v1/models/. /v1/models/%2e%2e /v1/models/a/b /v1/models/a%2fb".split(
      " ",
    ),
    ..."/v1/models/.a /v1/models/-a /v1/models/a:b /v1/models/?limit=1 /v1/model /v2/messages /v1/messages/v1/messages".split(
      " ",
    ),
    "/v1/messages\xe9",
    "/v1/messages\xc0\xaf",
    `/v1/models/${"a".repeat(200)}`,
    `/${"a".repeat(9_000)}`,
  ];
  const methods =
    "GET HEAD PUT DELETE PATCH OPTIONS TRACE PROPFIND MKCOL MOVE COPY LOCK SEARCH LINK PURGE REPORT SUBSCRIBE NOTIFY".split(
      " ",
    );
  const connects =
    "evil.test:443 127.0.0.1:22 /v1/messages 169.254.169.254:80 [::1]:80 api.anthropic.com:443".split(" ");
  const tokens = [
    "",
    "x",
    token.slice(1),
    `${token}x`,
    token.toUpperCase(),
    `${token},${token}`,
    `Bearer ${token}`,
    key,
  ];
  const frames = [
    "transfer-encoding: chunked\r\n",
    "transfer-encoding: chunked, identity\r\n",
    "transfer-encoding: x\r\n",
    "transfer-encoding : chunked\r\n",
    "content-length: 0\r\n",
    "content-length: +2\r\n",
    "content-length: 2, 2\r\n",
    "x\x00y: z\r\n",
    " folded: x\r\n",
    "no-colon\r\n",
    "host: evil.test\r\nhost: evil.test\r\n: empty\r\n",
    "x: a\rb\r\n",
  ];
  return [
    ...paths.flatMap((path): [string, string][] => [
      [`POST ${path}`, raw(`POST ${path}`)],
      ...(path.startsWith("/v1/models/a") && !/[:%?]|a\/b|aaa/.test(path)
        ? []
        : [[`GET ${path}`, raw(`GET ${path}`, "", "")] as [string, string]]),
    ]),
    ...methods.map((method): [string, string] => [
      `${method} /v1/messages`,
      raw(`${method} /v1/messages`, "", ""),
    ]),
    ...["post", "POST\t", "P0ST", "POSTPOST"].map((method): [string, string] => [
      method,
      raw(`${method} /v1/messages`),
    ]),
    ...connects.map((to): [string, string] => [
      `CONNECT ${to}`,
      `CONNECT ${to} HTTP/1.1\r\nhost: ${to}\r\nx-api-key: ${token}\r\n\r\n`,
    ]),
    ...tokens.map((shown): [string, string] => [
      `the token ${shown}`,
      `POST /v1/messages HTTP/1.1\r\nhost: x\r\nx-api-key: ${shown}\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}`,
    ]),
    ...frames.map((frame): [string, string] => [
      `the framing ${JSON.stringify(frame)}`,
      raw("POST /v1/messages", frame),
    ]),
  ];
}

test("more than 200 odd requests are refused, and none of them reaches the provider", async () => {
  const { proxy, token, upstream } = await world(says(message));
  const odd = oddRequests(token);

  const statuses = await Promise.all(
    odd.map(async ([what, bytes]) => [what, await sendRaw(proxy.socket, bytes)] as const),
  );

  expect(odd.length).toBeGreaterThan(200);
  expect(statuses.filter(([, got]) => got.some((status) => ![400, 403, 431].includes(status)))).toEqual([]);
  expect(statuses.filter(([, got]) => got.includes(403)).length).toBeGreaterThan(200);
  expect(upstream.seen).toEqual([]);
});

test("a second request hidden behind a refused one is not heard", async () => {
  const { proxy, token, upstream } = await world(says(message));
  const good = `POST /v1/messages HTTP/1.1\r\nhost: x\r\nx-api-key: ${token}\r\ncontent-length: 2\r\n\r\n{}`;

  await sendRaw(
    proxy.socket,
    `POST /v1/files HTTP/1.1\r\nhost: x\r\ncontent-length: ${good.length}\r\n\r\n${good}`,
    300,
  );

  expect(upstream.seen).toEqual([]);
});

const twice = (token: string, framing: string, body: string) =>
  `POST /v1/messages HTTP/1.1\r\nhost: x\r\nx-api-key: ${token}\r\n${framing}\r\n\r\n${body}`;
const hidden = (token: string) => `GET /v1/models HTTP/1.1\r\nhost: x\r\nx-api-key: ${token}\r\n\r\n`;

test.each([
  ["a length and chunks", "content-length: 4\r\ntransfer-encoding: chunked"],
  ["chunks and a length", "transfer-encoding: chunked\r\ncontent-length: 4"],
  ["two lengths", "content-length: 2\r\ncontent-length: 200"],
  ["a list of lengths", "content-length: 2, 200"],
  ["a signed length", "content-length: +2"],
  ["a length in another base", "content-length: 0x2"],
  ["chunks in disguise", "transfer-encoding: xchunked"],
  ["chunks that are not the last", "transfer-encoding: chunked, identity"],
  ["chunks behind a blank", "transfer-encoding : chunked"],
  ["chunks behind a tab", "transfer-encoding:\tchunked\r\nx:\x0bchunked"],
  ["a folded header", "x: y\r\n transfer-encoding: chunked"],
  ["a bare line feed", "x: y\ntransfer-encoding: chunked"],
])("a request framed by %s never becomes two", async (_, framing) => {
  const { proxy, token, upstream } = await world(says(message));
  const body = `0\r\n\r\n${hidden(token)}`;

  await sendRaw(proxy.socket, twice(token, framing, body), 300);

  expect(upstream.seen.filter(({ url }) => url === "/v1/models")).toEqual([]);
});

test.each(["5;a=b", "5;a", '5;a="\r\n', "05", "5 ", "0x5", "-5", "5\n", "fffffffffffffffff"])(
  "a chunk of the size %j is read as one reader would, or not at all",
  async (size) => {
    const { proxy, token, upstream } = await world(says(message));
    const body = `${size}\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n`;

    await sendRaw(proxy.socket, twice(token, "transfer-encoding: chunked", body), 300);

    const whole = upstream.seen.map(({ url, body: got }) => [url, got]);
    expect([[], [["/v1/messages", '{"a":1}']]]).toContainEqual(whole);
  },
);

test.each([
  ["websocket", "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: x"],
  ["h2c", "connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__"],
])("an upgrade to %s is not passed on", async (_, headers) => {
  const { proxy, token, upstream } = await world(says(message));

  await sendRaw(proxy.socket, twice(token, `${headers}\r\ncontent-length: 2`, "{}"), 300);

  expect(upstream.seen.map(({ headers: got }) => [got.upgrade, got["http2-settings"]])).toEqual(
    upstream.seen.map(() => [undefined, undefined]),
  );
});

test("HTTP/2 with prior knowledge is no request", async () => {
  const { proxy, upstream } = await world(says(message));

  expect(await sendRaw(proxy.socket, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 300)).toEqual([400]);
  expect(upstream.seen).toEqual([]);
});

test("many questions at once overdraw the budget by a few answers, not by all", async () => {
  // Late enough for all of them to be asked before the first one is paid for.
  const late: Parameters<typeof startServer>[0] = (request, response) =>
    void setTimeout(() => says(message)(request, response), 200);
  const { proxy, token, upstream } = await world(late, { budgetUsd: 2 });
  const ask = () =>
    askSocket(proxy.socket, {
      ...{ method: "POST", path: "/v1/messages", body: "{}" },
      headers: { "x-api-key": token },
    });

  const got = await Promise.all(Array.from({ length: 40 }, ask));

  expect(upstream.seen.length).toBeLessThanOrEqual(8);
  expect(got.filter(({ status }) => status === 402).length).toBe(40 - upstream.seen.length);
});

test("more connections than any agent needs are not kept", async () => {
  const { proxy } = await world(says(message));
  const sockets = Array.from({ length: 200 }, () => connect(proxy.socket).on("error", () => undefined));

  // `closed` is known only of a socket that is read.
  for (const socket of sockets) socket.resume();

  await eventually(
    "at most 64 connections are open",
    () => sockets.filter(({ closed }) => !closed).length <= 64,
  );
  for (const socket of sockets) socket.destroy();
});
