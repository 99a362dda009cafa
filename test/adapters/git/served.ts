import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "@jest/globals";
import { serveGit } from "../../../src/double/git/serve-git.ts";

/** What a test's server of git has heard: the path of each request, and the credentials that came with it. */
export type Heard = { path: string; authorization: string | undefined };

/** Serves the repositories below a directory by git's own HTTP protocol on loopback; those named `private…` to nobody. */
export function serveRepositories(root: string): { readonly url: string; readonly heard: Heard[] } {
  const heard: Heard[] = [];
  const at = { url: "" };
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? "", "http://localhost");
    heard.push({ path: pathname, authorization: request.headers.authorization });
    const body = Buffer.concat(await request.toArray());
    const headers = request.headers as Record<string, string | undefined>;
    const method = request.method ?? "GET";
    const answer = pathname.includes("/private")
      ? { status: 401, body: "no", headers: { "www-authenticate": "Basic" } }
      : await serveGit({ root, path: pathname, method, search, headers, body, user: "" });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    at.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    heard,
    get url() {
      return at.url;
    },
  };
}
