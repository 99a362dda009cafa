import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ModelProxy, openModelProxy } from "../../../src/adapters/proxy/model-proxy.ts";
import { type Line, relayingSandbox } from "../../../src/adapters/proxy/relay-command.ts";
import { type OpenedSandbox, openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import type { Confined, Sandbox } from "../../../src/ports/workshop.ts";
import { startServer, type TestServer } from "../../support/http-server.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { runIn, shell } from "../sandbox/confined.ts";

const directory = testDirectory();
const key = "canary-key-0815-of-the-model";
const at = {} as { sandbox: OpenedSandbox; upstream: TestServer; proxy: ModelProxy };

beforeAll(async () => {
  at.sandbox = await openSandbox({ kind: "bwrap" });
  at.upstream = await startServer((_, response) =>
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ model: "m", usage: { input_tokens: 3, output_tokens: 4 } })),
  );
  at.proxy = await openModelProxy({
    ...{
      provider: "anthropic",
      key,
      upstream: at.upstream.url,
      budgetUsd: null,
      turns: { limit: 300, used: 0 },
      prices: {},
      directory,
    },
    log: recordingLog(),
  });
});
afterAll(async () => {
  await at.proxy.close();
  await at.upstream.close();
});

const relayed = (lines: Line[] = [at.proxy]): Sandbox => relayingSandbox(at.sandbox, lines);
const run = (line: string, changes: Partial<Confined> = {}) =>
  runIn(relayed(), shell(line, changes), { directory });
const ask = `curl -sS -m 5 -X POST -H "x-api-key: $ANTHROPIC_API_KEY" -d '{}' $ANTHROPIC_BASE_URL/v1/messages`;

describe("a command with a line to the model", () => {
  test("asks it over a port of its own loopback, with the dummy for a key", async () => {
    const before = at.upstream.seen.length;

    const exit = await run(`echo $ANTHROPIC_BASE_URL; ${ask}`);

    expect(exit.log.head).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n\{"model":"m"/);
    expect(at.upstream.seen.slice(before)).toMatchObject([
      { url: "/v1/messages", headers: { "x-api-key": key } },
    ]);
    expect(exit.argv.slice(0, 2)).toEqual(["sh", "-c"]);
  });

  test("finds the real key nowhere: not in its environment, its files, nor in any process", async () => {
    const home = join(directory, "home");
    mkdirSync(home, { recursive: true });
    // Split, so that the search does not find itself.
    const search = `
      ${ask} >/dev/null; half=canary-key
      env | grep -c "$half-0815"
      grep -rsa "$half-0815" /proc/[0-9]*/environ /proc/[0-9]*/cmdline /tmp /home /etc /run ${directory} ${home}
      for maps in /proc/[0-9]*/maps; do
        pid=$(echo $maps | cut -d/ -f3)
        node -e '
          const fs = require("fs");
          const half = Buffer.from("canary-key" + "-0815");
          const fd = fs.openSync("/proc/" + process.argv[1] + "/mem", "r");
          for (const line of fs.readFileSync("/proc/" + process.argv[1] + "/maps", "utf8").split("\\n")) {
            const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
            if (!from) continue;
            const size = Math.min(Number(BigInt("0x" + to) - BigInt("0x" + from)), 64 * 1024 * 1024);
            const bytes = Buffer.alloc(size);
            try { fs.readSync(fd, bytes, 0, size, BigInt("0x" + from)); } catch { continue; }
            if (bytes.includes(Buffer.from("drafthorse-"))) console.log("token seen");
            if (process.pid !== Number(process.argv[1]) && bytes.includes(half)) console.log("KEY SEEN");
          }' $pid 2>/dev/null
      done; echo searched`;

    const exit = await run(search, { writable: [home], environment: { HOME: home } });

    expect(exit.log.head).toContain("searched");
    // The search really reads memory: it finds the dummy.
    expect(exit.log.head).toContain("token seen");
    expect(exit.log.head).not.toMatch(/0815|KEY SEEN/);
    expect(exit.log.head.startsWith("0\n")).toBe(true);
  });

  test.each([
    ["the host's loopback", () => `curl -sS -m 3 ${at.upstream.url}/v1/models`],
    ["the world by address", () => "curl -sS -m 3 http://1.1.1.1/"],
    ["the world by name", () => "curl -sS -m 3 https://example.com/"],
    ["the metadata of a cloud", () => "curl -sS -m 3 http://169.254.169.254/"],
    [
      "another host over the proxy",
      () => `curl -sS -m 3 -f -x "$ANTHROPIC_BASE_URL" ${at.upstream.url}/v1/messages`,
    ],
    [
      "a tunnel over the proxy",
      () => `curl -sS -m 3 -p -x "$ANTHROPIC_BASE_URL" ${at.upstream.url}/v1/models`,
    ],
    [
      "another path of the model",
      () => `curl -sS -m 3 -f -H "x-api-key: $ANTHROPIC_API_KEY" "$ANTHROPIC_BASE_URL/v1/files"`,
    ],
    ["the model without the token", () => `curl -sS -m 3 -f "$ANTHROPIC_BASE_URL/v1/models"`],
  ])("has no way to %s", async (_, line) => {
    const before = at.upstream.seen.length;

    const exit = await run(line());

    expect(exit.exitCode).not.toBe(0);
    expect(at.upstream.seen.length).toBe(before);
  });
});

describe("the relay", () => {
  test.each([
    ["true", 0],
    ["exit 7", 7],
    ["kill -TERM $$", 143],
    ["kill -KILL $$", 137],
  ])("ends as its command does: %s", async (line, exitCode) => {
    expect((await run(line)).exitCode).toBe(exitCode);
  });

  test("says so where there is no such command", async () => {
    const exit = await runIn(relayed(), { ...shell(""), argv: ["/no/such/program"] }, { directory });

    expect([exit.exitCode, exit.log.head]).toEqual([127, expect.stringMatching(/no\/such\/program.*ENOENT/)]);
  });

  test("passes signals on", async () => {
    const exit = await run(`trap 'echo caught; exit 9' TERM; kill -TERM $PPID; sleep 5 & wait`);

    expect([exit.exitCode, exit.log.head]).toEqual([9, "caught\n"]);
  });

  test("leaves both ends of a dialogue to the command", async () => {
    const dialogue = await relayed().talk(shell("read line; echo got $line; echo aside >&2"));
    const chunks: string[] = [];
    dialogue.output.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
    dialogue.input.end("hello\n");

    const end = await dialogue.ended;

    expect([chunks.join(""), end]).toEqual([
      "got hello\n",
      { exitCode: 0, signal: null, stderrTail: "aside\n" },
    ]);
  });

  test("carries a large body both ways", async () => {
    const big = join(directory, "big");
    writeFileSync(big, `{"x":"${"y".repeat(20_000_000)}"}`);
    const before = at.upstream.seen.length;

    const exit = await run(`${ask.replace("'{}'", `@${big}`)}`, { readable: [big] });

    expect(exit.exitCode).toBe(0);
    expect(at.upstream.seen[before]?.body).toBe(readFileSync(big, "utf8"));
  });

  test("tells several lines apart", async () => {
    const second: Line = { socket: at.proxy.socket, environment: { SECOND: "http://127.0.0.1:{port}/x" } };

    const exit = await runIn(relayed([at.proxy, second]), shell("echo $ANTHROPIC_BASE_URL $SECOND"), {
      directory,
    });

    const [, one, other] = /:(\d+) http:\/\/127\.0\.0\.1:(\d+)\/x\n$/.exec(exit.log.head) ?? [];
    expect(one).toMatch(/^\d+$/);
    expect(other).not.toBe(one);
  });
});
