import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import * as https from "node:https";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { join } from "node:path";

const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/** A company's network: a proxy that wants a password and alone knows the names, and an authority of its own. */
export type CompanyNetwork = {
  /** The file with the authority's certificate. */
  authority: string;
  /** The proxy's address, with the password in it and without. */
  proxy: string;
  password: string;
  stranger: string;
  /** What the proxy was asked for by somebody whom it knows. */
  passed: string[];
  /** Lets a name lead to a server over TLS; what it does not know is a 502. */
  serve(name: string, answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<void>;
  /** Lets a name lead to a port in clear. */
  lead(name: string, port: number): void;
  close(): Promise<void>;
};

/** Starts a network whose authority is good for some names. */
export async function companyNetwork(directory: string, names: string[]): Promise<CompanyNetwork> {
  const { authority, cert, key } = issue(directory, names);
  const ports = new Map<string, number>();
  const servers: Server[] = [];
  const passed: string[] = [];
  // Characters that an address has to encode: both forms are secrets.
  const password = "s3cr3t/of:the@company";
  const wanted = `Basic ${Buffer.from(`robot:${password}`).toString("base64")}`;
  const listen = async (server: Server): Promise<number> => {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  };
  const isKnown = ({ headers }: IncomingMessage) => headers["proxy-authorization"] === wanted;
  const challenge = { "proxy-authenticate": 'Basic realm="company"' };

  const proxy = createServer((asked, response) => {
    if (!isKnown(asked)) {
      response.writeHead(407, challenge).end();
      return;
    }
    passed.push(`${asked.method} ${asked.url}`);
    const { host, pathname } = new URL(asked.url ?? "");
    const port = ports.get(host);
    if (port === undefined) {
      response.writeHead(502).end();
      return;
    }
    const { "proxy-authorization": _, ...headers } = asked.headers;
    const onward = request({ host: "127.0.0.1", port, path: pathname, method: asked.method, headers });
    onward.once("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    asked.pipe(onward);
  });
  proxy.on("connect", (asked: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    if (!isKnown(asked)) {
      const head = 'proxy-authenticate: Basic realm="company"\r\ncontent-length: 0\r\nconnection: close';
      socket.end(`HTTP/1.1 407 Who?\r\n${head}\r\n\r\n`);
      return;
    }
    passed.push(`CONNECT ${asked.url}`);
    const port = ports.get(asked.url ?? "");
    if (port === undefined) {
      socket.end("HTTP/1.1 502 Unknown\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    const far = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Go on\r\n\r\n");
      far.write(head);
      socket.pipe(far).pipe(socket);
    });
    far.on("error", () => socket.destroy());
    far.on("close", () => socket.destroy());
    socket.on("close", () => far.destroy());
  });
  const at = `127.0.0.1:${await listen(proxy)}`;
  return {
    ...{ authority, passed, password },
    proxy: `http://robot:${encodeURIComponent(password)}@${at}`,
    stranger: `http://${at}`,
    serve: async (name, answer) =>
      void ports.set(name, await listen(https.createServer({ cert, key }, answer))),
    lead: (name, port) => void ports.set(name, port),
    close: async () => {
      for (const server of servers) (server as https.Server).closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** An authority, and a certificate of it. */
function issue(directory: string, names: string[]): { authority: string; cert: Buffer; key: Buffer } {
  mkdirSync(directory, { recursive: true });
  const file = (name: string) => join(directory, name);
  const openssl = (...argv: string[]) => execFileSync("openssl", argv, { stdio: "ignore" });
  const [authority, authorityKey] = [file("authority.pem"), file("authority-key.pem")];
  const days = ["-days", "1"];
  openssl(
    ...["req", "-x509", ...curve, ...days, "-subj", "/CN=The company"],
    ...["-keyout", authorityKey, "-out", authority],
  );
  openssl("req", "-new", ...curve, "-subj", "/CN=x", "-keyout", file("key.pem"), "-out", file("asked.pem"));
  writeFileSync(file("names"), `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}\n`);
  openssl(
    ...["x509", "-req", "-in", file("asked.pem"), "-CA", authority, "-CAkey", authorityKey],
    ...["-CAcreateserial", ...days, "-extfile", file("names"), "-out", file("cert.pem")],
  );
  return { authority, cert: readFileSync(file("cert.pem")), key: readFileSync(file("key.pem")) };
}
