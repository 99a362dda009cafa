import { mkdirSync } from "node:fs";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { egressSandbox } from "../../../src/adapters/proxy/egress-sandbox.ts";
import { makeAuthority } from "../../../src/adapters/proxy/make-authority.ts";
import { noTrust } from "../../../src/adapters/proxy/open-trust.ts";
import { openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../../src/ports/workshop.ts";
import { startServer, type TestServer } from "../../support/http-server.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { runIn, shell } from "../sandbox/confined.ts";

const root = testDirectory();
const directory = join(root, "attempt/work");
const credential = "Bearer canary-of-a-registry";
type Seen = { method: string; url: string; headers: NodeJS.Dict<string | string[]> };
const at = {} as {
  sandbox: Sandbox;
  clear: TestServer;
  other: TestServer;
  secure: https.Server;
  seen: Seen[];
  names: { clear: string; secure: string; secret: string };
  trusted: typeof https.globalAgent.options.ca;
};

beforeAll(async () => {
  mkdirSync(directory, { recursive: true });
  at.seen = [];
  at.clear = await startServer((_, response) => response.end("a package"));
  at.other = await startServer((_, response) => response.end("something else"));
  const { authority, certificate, key } = makeAuthority(["registry.test", "secret.test"]);
  at.trusted = https.globalAgent.options.ca;
  https.globalAgent.options.ca = authority;
  at.secure = https.createServer(
    { cert: certificate, key },
    ({ method = "", url = "", headers }, response) => {
      at.seen.push({ method, url, headers });
      response.end("a package over TLS");
    },
  );
  await new Promise<void>((resolve) => at.secure.listen(0, "127.0.0.1", resolve));
  const { port } = at.secure.address() as AddressInfo;
  at.names = {
    ...{ clear: `registry.test:${at.clear.port}`, secure: `registry.test:${port}` },
    secret: `secret.test:${port}`,
  };
  at.sandbox = egressSandbox(await openSandbox({ kind: "bwrap" }), {
    ...{ log: recordingLog(), trust: noTrust },
    rules: { private: Object.values(at.names), credentials: { [at.names.secret]: credential } },
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
  });
});
afterAll(async () => {
  https.globalAgent.options.ca = at.trusted;
  at.secure.closeAllConnections();
  await new Promise((resolve) => at.secure.close(resolve));
  await Promise.all([at.clear.close(), at.other.close()]);
});

const run = (line: string) =>
  runIn(
    at.sandbox,
    { ...shell(line, { network: "none", directory, writable: [directory] }), reads: Object.values(at.names) },
    { directory: root },
  );

describe("a command that only reads from hosts", () => {
  test("reads over TLS with any tool, and says nothing there but what reading takes", async () => {
    const curl = `curl -sSf -H "authorization: Bearer own" -H "x-told: y" https://${at.names.secure}/left-pad`;
    const npm = `npm view --fetch-retries=0 --registry https://${at.names.secure}/ right-pad`;

    const exit = await run(`${curl}; ${npm} 2>&1 | tail -n 3`);

    expect(exit.log.head).toMatch(/^a package over TLS/);
    expect(at.seen.map(({ url }) => url)).toContain("/right-pad");
    const [first] = at.seen.splice(0);
    expect([first?.method, first?.url]).toEqual(["GET", "/left-pad"]);
    expect([first?.headers.authorization, first?.headers["x-told"]]).toEqual([undefined, undefined]);
  });

  test("reads in clear too", async () => {
    const exit = await run(
      `curl -sSf http://${at.names.clear}/left-pad; curl -sSfI http://${at.names.clear}/`,
    );

    expect(exit.log.head).toMatch(/^a packageHTTP\/1\.1 200/);
  });

  test.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])(
    "is refused %s, and the log says so",
    async (method) => {
      const before = at.clear.seen.length;
      const ask = (url: string) => `curl -sS -o /dev/null -w '%{http_code} ' -X ${method} -d '{}' ${url}`;

      const exit = await run(
        [
          ask(`https://${at.names.secure}/left-pad`),
          ask(`http://${at.names.clear}/left-pad`),
          ask(`https://${at.names.secret}/left-pad`),
        ].join("; "),
      );

      expect(exit.log.head).toBe("403 403 403 ");
      expect(exit.log.tail).toContain(`https://${at.names.secure}/left-pad was refused: only GET and HEAD`);
      expect([at.seen, at.clear.seen.length]).toEqual([[], before]);
    },
  );

  test("cannot write around that: in a tunnel in clear, by a whole address, in the body of a GET", async () => {
    const raw = `node -e '
      const { request } = require("http"), tls = require("tls"), fs = require("fs");
      const proxy = new URL(process.env.HTTPS_PROXY);
      const shown = "Basic " + Buffer.from(proxy.username + ":" + proxy.password).toString("base64");
      request({ port: proxy.port, method: "CONNECT", path: "${at.names.secure}", headers: { "proxy-authorization": shown } })
        .on("connect", (_, socket) => {
          const far = tls.connect({ socket, servername: "registry.test", ca: fs.readFileSync(process.env.SSL_CERT_FILE) });
          far.on("data", (data) => console.log(String(data).split("\\r\\n")[0])).on("close", () => process.exit());
          far.write("GET http://${at.names.clear}/x HTTP/1.1\\r\\nhost: x\\r\\n\\r\\n");
        }).end()'`;
    const before = at.clear.seen.length;

    const tunnelled = await run(`curl -sS -p -m 5 -X PUT -d x http://${at.names.clear}/x`);
    const whole = await run(raw);
    const body = await run(`curl -sS -X GET -d '{"_id":"left-pad"}' https://${at.names.secure}/body`);

    expect([tunnelled.exitCode === 0, whole.log.head, body.exitCode]).toEqual([
      false,
      expect.stringMatching(/^HTTP\/1\.1 403 /),
      0,
    ]);
    expect(at.clear.seen.length).toBe(before);
    const [got] = at.seen.splice(0);
    expect([got?.url, got?.headers["content-length"], got?.headers["transfer-encoding"]]).toEqual([
      ...["/body", undefined, undefined],
    ]);
  });

  test("reads from a private registry without ever seeing its credential", async () => {
    const exit = await run(`curl -sSf https://${at.names.secret}/own; env; cat "$SSL_CERT_FILE"`);

    expect(at.seen.splice(0)).toMatchObject([{ url: "/own", headers: { authorization: credential } }]);
    expect(exit.log.head).toMatch(/^a package over TLS/);
    expect(exit.log.head).not.toContain("canary-of");
  });

  test("reaches no other host", async () => {
    const exit = await run(`curl -sS -f http://other.test:${at.other.port}/`);

    expect(exit.log.tail).toMatch(/other\.test:\d+\/ was refused/);
    expect(at.other.seen).toEqual([]);
  });
});
