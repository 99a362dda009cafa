import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server of bare repositories that wants a token, as GitHub does. */
export type GitOverHttp = { url: string; authorizations: (string | undefined)[]; close(): Promise<void> };

/** Serves the repositories below a directory through git's own http-backend, to whoever knows the token. */
export async function gitOverHttp(directory: string, token: string): Promise<GitOverHttp> {
  const authorizations: (string | undefined)[] = [];
  const wanted = `basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
  const server = createServer((request, response) => {
    authorizations.push(request.headers.authorization);
    if (request.headers.authorization === wanted) answer(directory, { request, response });
    else response.writeHead(401, { "www-authenticate": 'Basic realm="GitHub"' }).end("who are you?");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authorizations,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

type Exchange = { request: IncomingMessage; response: ServerResponse };

function answer(directory: string, { request, response }: Exchange): void {
  const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
  const child = spawn("git", ["http-backend"], {
    env: {
      PATH: "/usr/bin:/bin",
      GIT_PROJECT_ROOT: directory,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      REQUEST_METHOD: request.method ?? "GET",
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    },
  });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.once("close", () => relay(Buffer.concat(chunks), response));
}

/** What a CGI program writes: lines of headers, an empty line, the body. */
function relay(output: Buffer, response: ServerResponse): void {
  const end = output.indexOf("\r\n\r\n");
  const headers = output.subarray(0, end).toString("latin1").split("\r\n");
  const pairs = headers.map((line) => line.split(": ") as [string, string]);
  response.statusCode = Number(pairs.find(([name]) => name === "Status")?.[1].slice(0, 3) ?? 200);
  for (const [name, value] of pairs) if (name !== "Status") response.setHeader(name, value);
  response.end(output.subarray(end + 4));
}
