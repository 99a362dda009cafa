import { createHash } from "node:crypto";
import { once } from "node:events";
import { Agent, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "@jest/globals";
import { answerInTurn } from "../../../src/adapters/webhook/answer-in-turn.ts";
import { answerKeys } from "../../../src/adapters/webhook/answer-keys.ts";
import type { IngressOptions } from "../../../src/adapters/webhook/start-ingress.ts";
import { aKey, fakeSigner } from "../../fakes/fake-signer.ts";
import { dial, headersFor, post, secret, sign, startWorld } from "./world.ts";

const body = JSON.stringify({ action: "labeled", issue: { number: 12, title: "Größe ✓" } });
const closing: (() => Promise<void>)[] = [];

async function world(options: Partial<IngressOptions> = {}) {
  const started = await startWorld(options);
  closing.push(() => started.ingress.close());
  return started;
}

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

describe("a correct delivery", () => {
  test("is stored as it was signed, acknowledged, and announced once", async () => {
    const { endpoint, stored, announced } = await world();

    const answer = await post(endpoint, { body, headers: headersFor(body) });

    const digest = createHash("sha256").update(body).digest("hex");
    expect(answer.status).toBe(202);
    expect([...stored.values()]).toEqual([
      {
        digest,
        id: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        event: "issues",
        body,
        receivedAt: "2026-11-21T12:00:00.000Z",
      },
    ]);
    expect(announced).toEqual([...stored.values()]);
  });

  test("is known under any other delivery id or event, and is not announced again", async () => {
    const { endpoint, stored, announced } = await world();
    await post(endpoint, { body, headers: headersFor(body) });

    const again = await post(endpoint, { body, headers: headersFor(body) });
    const forged = await post(endpoint, {
      body,
      headers: { ...headersFor(body), "x-github-delivery": "forged-1", "x-github-event": "push" },
    });

    expect([again, forged].map(({ status, message }) => [status, message])).toEqual([
      [202, "Known already."],
      [202, "Known already."],
    ]);
    expect([stored.size, announced.length]).toEqual([1, 1]);
  });

  test("is stored once when fifty copies come at the same time", async () => {
    const { endpoint, stored, announced } = await world();

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post(endpoint, { body, headers: headersFor(body) })),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect([stored.size, announced.length]).toEqual([1, 1]);
  });

  test("may be signed with the previous secret while the secret is rotated", async () => {
    const next = "0123456789abcdef0123456789abcdef";
    const { endpoint } = await world({ secrets: [next, secret] });

    const old = await post(endpoint, { body, headers: headersFor(body, secret) });
    const current = await post(endpoint, { body, headers: headersFor(body, next) });
    const stranger = await post(endpoint, { body, headers: headersFor(body, "another secret altogether") });

    expect([old.status, current.status, stranger.status]).toEqual([202, 202, 401]);
  });

  test("may be as large as GitHub's largest", async () => {
    const { endpoint, stored } = await world();
    const large = JSON.stringify({ padding: "x".repeat(25 * 1024 * 1024 - 14) });

    const answer = await post(endpoint, { body: large, headers: headersFor(large) });

    expect([Buffer.byteLength(large), answer.status, stored.size]).toEqual([25 * 1024 * 1024, 202, 1]);
  });

  test("is acknowledged though its handler fails, and the failure is logged", async () => {
    const { endpoint, log } = await world({
      onStored: async () => {
        throw new Error("no room");
      },
    });

    const answer = await post(endpoint, { body, headers: headersFor(body) });

    expect(answer.status).toBe(202);
    expect(log.lines.filter(({ level }) => level === "error").map(({ message }) => message)).toEqual([
      "stored delivery not handled",
    ]);
  });
});

describe("a signature", () => {
  const good = sign(body);
  const mac = good.slice("sha256=".length);
  const shapes: [string, Record<string, string | string[]>][] = [
    ["absent", {}],
    ["empty", { "x-hub-signature-256": "" }],
    ["only its name", { "x-hub-signature-256": "sha256=" }],
    ["without its name", { "x-hub-signature-256": mac }],
    ["one digit short", { "x-hub-signature-256": good.slice(0, -1) }],
    ["one digit long", { "x-hub-signature-256": `${good}0` }],
    ["in capitals", { "x-hub-signature-256": `sha256=${mac.toUpperCase()}` }],
    ["no hex", { "x-hub-signature-256": `sha256=${"z".repeat(64)}` }],
    ["in the header for SHA-1", { "x-hub-signature": good }],
    ["of SHA-1", { "x-hub-signature-256": `sha1=${mac.slice(0, 40)}` }],
    ["sent twice", { "x-hub-signature-256": [good, good] }],
    ["of another body", { "x-hub-signature-256": sign(`${body} `) }],
    ["with another key", { "x-hub-signature-256": sign(body, "development") }],
    ["one bit off", { "x-hub-signature-256": `sha256=${mac.replace(/.$/, (d) => (d === "0" ? "1" : "0"))}` }],
  ];

  test.each(shapes)("%s is refused, and nothing is stored", async (_, signature) => {
    const { endpoint, stored } = await world();
    const { "x-hub-signature-256": _good, ...others } = headersFor(body);

    const answer = await post(endpoint, { body, headers: { ...others, ...signature } });

    expect([answer.status, stored.size]).toEqual([401, 0]);
  });
});

describe("a request that is no delivery", () => {
  const cases: [string, number, { body?: string | Uint8Array; headers?: object; method?: string }][] = [
    ["by GET", 405, { method: "GET", body: "" }],
    ["by PUT", 405, { method: "PUT" }],
    ["form-encoded", 415, { headers: { "content-type": "application/x-www-form-urlencoded" } }],
    ["without a delivery id", 400, { headers: { "x-github-delivery": "" } }],
    ["with a strange delivery id", 400, { headers: { "x-github-delivery": "a b" } }],
    ["without an event", 400, { headers: { "x-github-event": "" } }],
    ["that is empty", 400, { body: "" }],
    ["that is no JSON", 400, { body: "{" }],
    ["that is an array", 400, { body: "[]" }],
    ["that is null", 400, { body: "null" }],
    ["that is not UTF-8", 400, { body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) }],
  ];

  test.each(cases)("%s is answered %i", async (_, status, { body: other = body, headers, method }) => {
    const { endpoint, stored } = await world();

    const answer = await post(endpoint, {
      body: other,
      headers: { ...headersFor(other), ...headers },
      ...(method && { method }),
    });

    expect([answer.status, stored.size]).toEqual([status, 0]);
  });

  test("by a wrong method learns the right one", async () => {
    const { endpoint } = await world();

    const answer = await post(endpoint, { body: "", headers: {}, method: "DELETE" });

    expect(answer.headers.allow).toBe("POST");
  });

  test("to another path goes to the fallback", async () => {
    const { ingress } = await world({
      fallback: (_, response) => response.end(JSON.stringify({ message: "healthy" })),
    });

    const answer = await post(`${ingress.url}/healthz`, { body: "", headers: {}, method: "GET" });

    expect(answer.message).toBe("healthy");
  });

  test("to another path is not found without a fallback", async () => {
    const { ingress } = await world();

    const answer = await post(`${ingress.url}/api/github/webhooks/`, { body, headers: headersFor(body) });

    expect(answer.status).toBe(404);
  });
});

describe("a body that is too large", () => {
  const large = Buffer.alloc(30 * 1024 * 1024, 0x20);

  test("is refused by its header, before it is read, and the connection is closed", async () => {
    const { endpoint } = await world();

    const answer = await post(endpoint, { body: large, headers: headersFor("forged") });

    expect([answer.status, answer.headers.connection]).toEqual([413, "close"]);
  });

  test("is refused at the first byte too many when it has no header", async () => {
    const { ingress, stored } = await world({ bounds: { bodyBytes: 100_000 } });
    const socket = await dial(ingress.url);
    const closed = once(socket, "close");
    let heard = "";
    socket.on("data", (data) => {
      heard += data;
    });

    const headers = Object.entries(headersFor("forged")).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(
      `POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\n${headers.join("")}transfer-encoding: chunked\r\n\r\n`,
    );
    socket.write(`${(100_001).toString(16)}\r\n${"x".repeat(100_001)}\r\n`);
    await closed;

    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    expect(stored.size).toBe(0);
  });

  test("is refused as busy when there is no room for it, small ones still pass, and the room is given back", async () => {
    const { endpoint } = await world({ bounds: { heldBytes: 400_000 } });
    const send = (bytes: number) => {
      const padded = JSON.stringify({ padding: "x".repeat(bytes) });
      return post(endpoint, { body: padded, headers: headersFor(padded) });
    };

    const answers = [await send(500_000), await send(50_000), await send(300_000), await send(350_000)];

    expect(answers.map(({ status }) => status)).toEqual([503, 202, 202, 202]);
  });

  test("costs little memory, ten times without a signature and ten times with a wrong one", async () => {
    const { endpoint } = await world();
    const twenty = Buffer.alloc(20 * 1024 * 1024, 0x20);
    const { "x-hub-signature-256": _, ...unsigned } = headersFor("x");
    const before = process.memoryUsage();
    const tenTimes = (headers: Record<string, string>) =>
      Promise.all(Array.from({ length: 10 }, () => post(endpoint, { body: twenty, headers })));

    const answers = [...(await tenTimes(unsigned)), ...(await tenTimes(headersFor("forged")))];

    const after = process.memoryUsage();
    expect(answers.every(({ status }) => status === 401 || status === 503)).toBe(true);
    expect(after.rss - before.rss).toBeLessThan(120 * 1024 * 1024);
  });
});

describe("a store that fails", () => {
  test("is answered 503 with the time to come again", async () => {
    const { endpoint, announced, log } = await world({
      inbox: { store: () => Promise.reject(new Error("READONLY")) },
    });

    const answer = await post(endpoint, { body, headers: headersFor(body) });

    expect([answer.status, answer.headers["retry-after"], announced.length]).toEqual([503, "30", 0]);
    expect(log.lines.map(({ message }) => message)).toEqual(["delivery not stored", "delivery refused"]);
  });

  test("by throwing at once is answered 503", async () => {
    const { endpoint } = await world({
      inbox: {
        store: () => {
          throw new Error("not connected");
        },
      },
    });

    expect((await post(endpoint, { body, headers: headersFor(body) })).status).toBe(503);
  });

  test("by its slowness is answered 503, and what it stores late is announced", async () => {
    let finish: (outcome: "stored") => void = () => undefined;
    const { endpoint, announced } = await world({
      inbox: {
        store: () =>
          new Promise((resolve) => {
            finish = resolve;
          }),
      },
      bounds: { storeMs: 20 },
    });

    const answer = await post(endpoint, { body, headers: headersFor(body) });
    finish("stored");
    await pause(0);

    expect([answer.status, announced.length]).toEqual([503, 1]);
  });

  test("is given up", async () => {
    const { endpoint } = await world({ inbox: { store: () => new Promise(() => undefined) } });

    const answer = await post(endpoint, { body, headers: headersFor(body) });

    expect(answer.status).toBe(503);
  });
});

describe("slow and parting clients", () => {
  test("that drip their headers or bodies are cut off, while a delivery passes", async () => {
    const { ingress, endpoint } = await world({ bounds: { headersMs: 200, requestMs: 400, sweepMs: 50 } });
    const sockets = await Promise.all(Array.from({ length: 200 }, () => dial(ingress.url)));
    const ends = sockets.map((socket) => once(socket, "close"));
    for (const [index, socket] of sockets.entries()) {
      socket.resume();
      socket.write("POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n");
      if (index % 2 === 0)
        socket.write(`content-type: application/json\r\nx-hub-signature-256: ${sign(body)}\r\n\r\n{`);
    }

    const answer = await post(endpoint, { body, headers: headersFor(body) });
    await Promise.all(ends);

    expect(answer.status).toBe(202);
  });

  test("that leave in the middle of a body leave nothing behind", async () => {
    const { ingress, endpoint, stored, log } = await world();
    const socket = await dial(ingress.url);
    const headers = Object.entries(headersFor(body)).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(
      `POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\n${headers.join("")}content-length: 500\r\n\r\n{`,
    );
    socket.destroy();

    const answer = await post(endpoint, { body, headers: headersFor(body) });

    expect([answer.status, stored.size]).toEqual([202, 1]);
    expect(log.lines.filter(({ level }) => level === "error")).toEqual([]);
  });

  test("that keep their connection are answered, and then let go, when the ingress closes", async () => {
    let finish: (outcome: "stored") => void = () => undefined;
    let arrive: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { ingress, endpoint } = await startWorld({
      inbox: {
        store: () =>
          new Promise((resolve) => {
            finish = resolve;
            arrive();
          }),
      },
    });
    const agent = new Agent({ keepAlive: true });
    const underWay = post(endpoint, { body, headers: headersFor(body), agent });
    await reached;

    const closed = ingress.close();
    finish("stored");
    const answer = await underWay;
    await closed;
    agent.destroy();

    expect(answer.status).toBe(202);
    await expect(fetch(endpoint)).rejects.toThrow();
  });
});

test("an ingress without a secret does not start", async () => {
  await expect(startWorld({ secrets: [] })).rejects.toThrow("needs a webhook secret");
});

describe("the keys of the server", () => {
  const { key } = aKey();
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const others = async (_: unknown, response: ServerResponse) => void response.writeHead(404).end();

  test("are at their well-known addresses, and nothing else is there", async () => {
    const { ingress } = await world({
      fallback: answerInTurn(answerKeys(fakeSigner({ ...aKey(), key }), silent), others),
    });
    const get = async (path: string, method = "GET") => fetch(`${ingress.url}${path}`, { method });

    const all = await get("/.well-known/drafthorse/keys.json");
    const present = await get("/.well-known/drafthorse/key.pem?x");
    const rest = await Promise.all([get("/"), get("/.well-known/drafthorse/keys.json", "POST")]);

    expect(await all.json()).toEqual({ keys: [key] });
    expect(await present.text()).toBe(key.publicKey);
    expect(rest.map(({ status }) => status)).toEqual([404, 404]);
  });

  test("that cannot be read are a 503, and the reason is in the log alone", async () => {
    const broken = async () => {
      throw new Error("/secret/path is gone");
    };
    const { ingress } = await world({
      fallback: answerInTurn(answerKeys({ keys: broken }, silent), others),
    });

    const answer = await fetch(`${ingress.url}/.well-known/drafthorse/keys.json`);

    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("secret");
  });
});
