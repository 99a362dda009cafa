import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as https from "node:https";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import {
  type EgressOrder,
  type EgressProxy,
  openEgressProxy,
} from "../../../src/adapters/proxy/egress-proxy.ts";
import { isPublicAddress } from "../../../src/adapters/proxy/public-address.ts";
import { askSocket, sendRaw } from "../../support/ask-socket.ts";
import { startServer } from "../../support/http-server.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { testDirectory } from "../../support/test-directory.ts";

const directory = testDirectory();
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

const here = [{ address: "127.0.0.1", family: 4 }];

/** A proxy for which every name lies on the loopback, and the operator says that this is well. */
async function proxyTo(hosts: string[], order: Partial<EgressOrder> = {}): Promise<EgressProxy> {
  const rules = { private: hosts, credentials: {} };
  const proxy = await openEgressProxy({
    ...{ hosts, rules, directory, log: recordingLog(), resolve: async () => here },
    ...order,
  });
  open.push(proxy.close);
  return proxy;
}

/** A server that says hello to whoever dials, and counts them. */
async function greeter(): Promise<{ port: number; dialled: () => number }> {
  const calls = { count: 0 };
  const server: Server = createServer((socket) => {
    calls.count += 1;
    socket.on("error", () => undefined).end("hello");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => new Promise((resolve) => server.close(resolve)));
  return { port: (server.address() as AddressInfo).port, dialled: () => calls.count };
}

const tunnel = (to: string) => `CONNECT ${to} HTTP/1.1\r\nhost: ${to}\r\n\r\n`;

/** What a client makes of the address that it is told. */
function authorizationOf({ environment }: EgressProxy): string {
  const { username, password } = new URL(environment.HTTP_PROXY?.replace("{port}", "1") ?? "");
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/** Sends bytes as somebody who was told the address. */
function knock(proxy: EgressProxy, bytes: string, quietMs?: number): Promise<number[]> {
  const header = `\r\nproxy-authorization: ${authorizationOf(proxy)}\r\n`;
  return sendRaw(proxy.socket, bytes.replace("\r\n", header), quietMs);
}

function ask(proxy: EgressProxy, order: Parameters<typeof askSocket>[1]) {
  const headers = { ...order.headers, "proxy-authorization": authorizationOf(proxy) };
  return askSocket(proxy.socket, { ...order, headers });
}

describe("the egress proxy", () => {
  test("is told under each name that a package manager reads", async () => {
    const { environment } = await proxyTo(["registry.test:443"]);

    const names = ["http_proxy", "HTTPS_PROXY", "https_proxy", "YARN_HTTP_PROXY", "YARN_HTTPS_PROXY"];
    expect(names.map((name) => environment[name])).toEqual(names.map(() => environment.HTTP_PROXY));
  });

  test("tunnels to a host of the list, bytes untouched", async () => {
    const { port, dialled } = await greeter();
    const proxy = await proxyTo([`registry.test:${port}`]);

    expect(await knock(proxy, tunnel(`registry.test:${port}`))).toEqual([200]);
    expect(dialled()).toBe(1);
  });

  test("serves nobody but whom it was opened for", async () => {
    const { port, dialled } = await greeter();
    const name = `registry.test:${port}`;
    const [proxy, other] = [await proxyTo([name]), await proxyTo([name])];
    const plain = `GET http://${name}/x HTTP/1.1\r\nhost: x\r\n\r\n`;
    const shown = [
      "",
      ...["Basic", "Basic x", authorizationOf(other), authorizationOf(proxy).slice(0, -4)],
      ...[`Bearer ${authorizationOf(proxy).slice(6)}`, "Basic Og==", `${authorizationOf(proxy)}, Basic x`],
    ];

    const answers = await Promise.all(
      shown.flatMap((value) =>
        [tunnel(name), plain].map((bytes) =>
          sendRaw(
            proxy.socket,
            value === "" ? bytes : bytes.replace("\r\n", `\r\nproxy-authorization: ${value}\r\n`),
          ),
        ),
      ),
    );

    expect(new Set(answers.flat())).toEqual(new Set([407]));
    expect([dialled(), proxy.refused()]).toEqual([0, []]);
  });

  test("dials exact literals alone: no mutation of a name on the list reaches anything", async () => {
    const { port, dialled } = await greeter();
    const proxy = await proxyTo([`registry.test:${port}`]);
    const p = String(port);
    const mutations = [
      ...[
        "REGISTRY.test",
        "Registry.Test",
        "registry.test.",
        ".registry.test",
        "registry..test",
        "registry-test",
      ],
      ...["registry.tes", "registry.testt", "egistry.test", "xregistry.test", "registry.test.evil.test"],
      ...[
        "evil.test/registry.test",
        "evil.test#registry.test",
        "evil.test?registry.test",
        "evil.test@registry.test",
      ],
      ...[
        "registry.test@evil.test",
        "registry.test:x@evil.test",
        "registry.test\\evil.test",
        "registry.test;evil.test",
      ],
      ...[
        "registry.test,evil.test",
        "registry.test%00",
        "registry.test%00.evil.test",
        "registry.test\x01",
        "evil.test\0registry.test",
      ],
      ...[
        "registry.test%2e",
        "registry%2etest",
        "%72egistry.test",
        "registry.test%0a",
        "registry.test\t",
        "registry.test\x0b",
      ],
      ...[
        "registry。test",
        "registry．test",
        "régistry.test",
        "xn--rgistry-bya.test",
        "registry.test\xad",
        "regıstry.test",
      ],
      ...[
        "*.test",
        "registry.*",
        "[registry.test]",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "::1",
        "127.0.0.1",
        "127.1",
        "127.0.1",
      ],
      ...[
        "0x7f000001",
        "2130706433",
        "0177.0.0.1",
        "0",
        "0.0.0.0",
        "localhost",
        "[::]",
        "169.254.169.254",
        "metadata.google.internal",
      ],
      ...["", "registry.test:443", "http://registry.test", "//registry.test", "registry.test/"],
    ].map((host) => `${host}:${p}`);
    const ports = [
      ...[
        "registry.test",
        "registry.test:",
        `registry.test:0${p}`,
        `registry.test:+${p}`,
        `registry.test:${p}.0`,
      ],
      ...[
        `registry.test:${p}/`,
        `registry.test:${p}:443`,
        `registry.test:${Number(p) + 65_536}`,
        "registry.test:443",
      ],
      ...[
        `registry.test:0x${port.toString(16)}`,
        "registry.test:22",
        `registry.test:${p}#`,
        `registry.test:${p}?x`,
      ],
    ];
    const asked = [...mutations, ...ports];

    const got = await Promise.all(
      asked.map(
        async (to) => [to, await knock(proxy, tunnel(to).replace(/host: .*\r/, "host: x\r"))] as const,
      ),
    );

    expect(asked.length).toBeGreaterThan(60);
    expect(got.filter(([, statuses]) => statuses.some((status) => status === 200 || status === 502))).toEqual(
      [],
    );
    expect(dialled()).toBe(0);
    expect(proxy.refused().length).toBeGreaterThan(10);
  });

  test.each([
    ["a private address", ["10.0.0.7"]],
    ["the loopback", ["127.0.0.1"]],
    ["the metadata of a cloud", ["169.254.169.254"]],
    ["a private address among public ones", ["93.184.216.34", "192.168.1.1"]],
    ["an IPv4 address in IPv6's clothes", ["::ffff:127.0.0.1"]],
    ["nothing", []],
  ])("does not dial a name that leads to %s", async (_, found) => {
    const { port, dialled } = await greeter();
    const addresses = found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    const rules = { private: [], credentials: {} };
    const proxy = await proxyTo([`registry.test:${port}`], { rules, resolve: async () => addresses });

    expect(await knock(proxy, tunnel(`registry.test:${port}`))).toEqual([403]);
    expect(dialled()).toBe(0);
  });

  test("dials the address that it checked: a name is resolved once for each connection", async () => {
    const { port } = await greeter();
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      // Rebinding: from the second time on the name leads elsewhere.
      return asked.length === 1 ? here : [{ address: "192.0.2.1", family: 4 }];
    };
    const proxy = await proxyTo([`registry.test:${port}`], { resolve });

    expect(await knock(proxy, tunnel(`registry.test:${port}`))).toEqual([200]);
    expect(asked).toEqual(["registry.test"]);
  });

  test("passes requests in clear on, to the very port of the list", async () => {
    const server = await startServer((_, response) => response.end("a package"));
    open.push(server.close);
    const proxy = await proxyTo([`registry.test:${server.port}`]);
    const request = (path: string, method = "GET") =>
      ask(proxy, {
        path,
        method,
        ...(method === "POST" && { body: "x" }),
        headers: { te: "x", a: "b" },
      });

    const good = await request(`http://registry.test:${server.port}/left-pad?x=%2f`);
    const posted = await request(`http://registry.test:${server.port}/audit`, "POST");
    const bad = await Promise.all(
      [
        ...[
          "http://registry.test/left-pad",
          `http://evil.test:${server.port}/`,
          `https://registry.test:${server.port}/`,
        ],
        ...[
          `http://x@registry.test:${server.port}/`,
          `http://registry.test:${server.port}@evil.test/`,
          "/left-pad",
          "*",
        ],
        ...[
          `//registry.test:${server.port}/`,
          `http://registry.test:${server.port}\\@evil.test/`,
          `http://REGISTRY.test:${server.port}/`,
        ],
      ].map((path) => request(path)),
    );

    expect([good.status, good.body, posted.status]).toEqual([200, "a package", 200]);
    expect(server.seen).toMatchObject([
      { url: "/left-pad?x=%2f", method: "GET", headers: { a: "b", host: `registry.test:${server.port}` } },
      { url: "/audit", method: "POST", body: "x" },
    ]);
    expect(server.seen[0]?.headers.te).toBeUndefined();
    expect(bad.filter(({ status }) => ![400, 403].includes(status))).toEqual([]);
  });

  test.each(["GET", "HEAD", "DELETE", "OPTIONS"])(
    "frames the body of a %s anew, so that no second request hides in it",
    async (method) => {
      const server = await startServer((_, response) => response.end("a package"));
      open.push(server.close);
      const proxy = await proxyTo([`registry.test:${server.port}`]);
      const hidden = "GET /hidden HTTP/1.1\r\nhost: other.test\r\n\r\n";
      const chunk = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`;

      await knock(
        proxy,
        `${method} http://registry.test:${server.port}/x HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`,
        500,
      );

      expect(server.seen.map(({ url, body }) => [url, body])).toEqual([["/x", hidden]]);
    },
  );

  test("shares no connection with another proxy, whose answers could be somebody else's", async () => {
    const ports = new Set<number>();
    const server = await startServer((request, response) => {
      ports.add(request.socket.remotePort ?? 0);
      response.end("a package");
    });
    open.push(server.close);
    const name = `registry.test:${server.port}`;

    for (const proxy of [await proxyTo([name]), await proxyTo([name])])
      await ask(proxy, { path: `http://${name}/x` });

    expect(ports.size).toBe(2);
  });

  test("puts a private registry's credential in, over TLS and to read alone", async () => {
    const registry = await tlsServer();
    const name = `npm.acme.test:${registry.port}`;
    const rules = { private: [name], credentials: { [name]: "Bearer canary-of-the-registry" } };
    const proxy = await proxyTo([name], { rules });
    const request = (method: string) =>
      ask(proxy, {
        method,
        path: `http://${name}/@acme/lib`,
        headers: { authorization: "Bearer dummy", "x-http-method-override": "DELETE", accept: "*/*" },
      });

    const read = await request("GET");
    const written = await request("PUT");

    expect([read.status, read.body, written.status]).toEqual([200, "/@acme/lib", 403]);
    expect(registry.credentials).toEqual(["Bearer canary-of-the-registry"]);
    expect(registry.headers).toEqual([["accept", "authorization", "connection", "host"]]);
    expect(JSON.stringify(proxy)).not.toContain("canary");
  });

  test("ends every connection when it is closed", async () => {
    const server = createServer((socket) => socket.on("error", () => undefined).write("hello"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const proxy = await proxyTo([`registry.test:${port}`]);
    const held = knock(proxy, tunnel(`registry.test:${port}`), 20_000);
    while ((await connectionsOf(server)) === 0) await new Promise((resolve) => setImmediate(resolve));

    await proxy.close();

    expect(await held).toEqual([200]);
    await new Promise((resolve) => server.close(resolve));
  });
});

test.each([
  ...[
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.0.1",
    "169.254.169.254",
    "172.31.0.1",
    "192.168.0.1",
  ],
  ...[
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "fe80::1",
  ],
  ...["fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2001::1"],
])("%s is not out on the Internet", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(["93.184.216.34", "104.16.1.34", "172.32.0.1", "2606:4700::6810:122", "2a00:1450:4001::200e"])(
  "%s is out on the Internet",
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
}

/** A registry over TLS with a certificate of its own, which this process trusts while it is up. */
async function tlsServer(): Promise<{
  port: number;
  credentials: (string | undefined)[];
  headers: string[][];
}> {
  const [certificate, privateKey] = [join(directory, "cert.pem"), join(directory, "key.pem")];
  const names = ["-subj", "/CN=npm.acme.test", "-addext", "subjectAltName=DNS:npm.acme.test"];
  const how = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "1",
  ];
  execFileSync("openssl", [...how, ...names, "-keyout", privateKey, "-out", certificate], {
    stdio: "ignore",
  });
  const cert = readFileSync(certificate);
  const credentials: (string | undefined)[] = [];
  const headers: string[][] = [];
  const server = https.createServer({ cert, key: readFileSync(privateKey) }, (request, response) => {
    credentials.push(request.headers.authorization);
    headers.push(Object.keys(request.headers).sort());
    response.end(request.url);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  https.globalAgent.options.ca = cert;
  open.push(async () => {
    delete https.globalAgent.options.ca;
    https.globalAgent.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port, credentials, headers };
}
