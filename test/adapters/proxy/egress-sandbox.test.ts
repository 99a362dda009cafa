import { mkdirSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { egressSandbox } from "../../../src/adapters/proxy/egress-sandbox.ts";
import { type OpenedSandbox, openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import { startServer, type TestServer } from "../../support/http-server.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { runIn, shell } from "../sandbox/confined.ts";

const root = testDirectory();
const directory = join(root, "attempt/work");
const at = {} as {
  sandbox: OpenedSandbox;
  server: TestServer;
  other: TestServer;
  host: string;
  bundle: string;
};

beforeAll(async () => {
  mkdirSync(directory, { recursive: true });
  at.server = await startServer((_, response) => response.end("a package"));
  at.other = await startServer((_, response) => response.end("something else"));
  at.bundle = join(root, "company.pem");
  writeFileSync(at.bundle, "the company's own authority");
  at.host = `registry.test:${at.server.port}`;
  at.sandbox = egressSandbox(await openSandbox({ kind: "bwrap" }), {
    ...{ log: recordingLog(), rules: { private: [at.host], credentials: {} } },
    trust: {
      environment: { NODE_EXTRA_CA_CERTS: at.bundle, PIP_CERT: at.bundle },
      files: [at.bundle],
      bundle: at.bundle,
    },
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
  });
});
afterAll(() => Promise.all([at.server.close(), at.other.close()]));

const run = (line: string, network: "none" | string[]) =>
  runIn(at.sandbox, shell(line, { network, directory, writable: [directory] }), { directory: root });

describe("a command with a list of hosts", () => {
  test.each(["curl -sS", "curl -sS -p"])("reaches those that are on it: %s", async (curl) => {
    const exit = await run(`${curl} http://${at.host}/left-pad`, [at.host]);

    expect(exit.log.head).toBe("a package");
    expect(await readdir(join(root, "attempt"))).toEqual(["work"]);
  });

  test("reaches nothing else, and the end of its log says what it asked for", async () => {
    const exit = await run(`curl -sS -f http://other.test:${at.other.port}/; curl -sS -p http://evil.test/`, [
      at.host,
    ]);

    expect(exit.exitCode).not.toBe(0);
    expect(exit.log.tail).toMatch(/drafthorse: http:\/\/other\.test:\d+\/ was refused: it is not among/);
    expect(exit.log.tail).toMatch(/drafthorse: evil\.test:80 was refused: it is not among/);
    expect(at.other.seen).toEqual([]);
  });

  test("trusts whom this machine trusts, and may say otherwise itself", async () => {
    const line = 'cat "$NODE_EXTRA_CA_CERTS"; echo " $PIP_CERT"';
    const own = shell(line, {
      ...{ network: [at.host], directory, writable: [directory] },
      environment: { PIP_CERT: "/own.pem" },
    });

    expect((await runIn(at.sandbox, own, { directory: root })).log.head).toBe(
      "the company's own authority /own.pem\n",
    );
    expect((await run('echo "$NODE_EXTRA_CA_CERTS"', "none")).log.head).toBe("\n");
  });

  test("speaks to its own loopback without the proxy", async () => {
    const own = `node -e 'const s = require("http").createServer((q, a) => a.end("own")).listen(0, "127.0.0.1", () => require("child_process").exec("curl -sS http://127.0.0.1:" + s.address().port, (e, out) => { console.log(out); s.close(); }))'`;

    expect((await run(own, [at.host])).log.head).toBe("own\n");
  });

  test("has no way at all where there is none", async () => {
    const exit = await run(`env | grep -ci proxy; curl -sS -m 3 http://${at.host}/`, "none");

    expect([exit.log.head.split("\n")[0], exit.exitCode === 0]).toEqual(["0", false]);
  });
});
