import type { Answer } from "../http/answer.ts";
import { endOfGit } from "./run-git.ts";

/** A request of git's smart HTTP protocol. */
export type GitRequest = {
  /** The directory that holds OWNER/NAME.git. */
  root: string;
  /** `/OWNER/NAME.git/info/refs` and its like. */
  path: string;
  method: string;
  search: string;
  headers: Record<string, string | undefined>;
  body: Uint8Array;
  user: string;
};

/** Answers a request of git's smart HTTP protocol by git's own `http-backend`. */
export async function serveGit(request: GitRequest): Promise<Answer> {
  const { headers, body } = request;
  const { stdout } = await endOfGit(request.root, ["http-backend"], {
    env: {
      GIT_PROJECT_ROOT: request.root,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: request.path,
      REQUEST_METHOD: request.method,
      QUERY_STRING: request.search.replace(/^\?/, ""),
      CONTENT_TYPE: headers["content-type"] ?? "",
      CONTENT_LENGTH: String(body.byteLength),
      HTTP_CONTENT_ENCODING: headers["content-encoding"],
      GIT_PROTOCOL: headers["git-protocol"],
      REMOTE_USER: request.user,
      REMOTE_ADDR: "127.0.0.1",
    },
    input: body,
  });
  return parseCgi(Buffer.from(stdout));
}

function parseCgi(output: Buffer): Answer {
  const end = output.indexOf("\r\n\r\n");
  if (end < 0) return { status: 500, body: { message: "git http-backend failed" } };
  const lines = output.subarray(0, end).toString().split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
  const { status = "200", ...rest } = headers;
  return { status: Number.parseInt(status, 10), body: output.subarray(end + 4), headers: rest };
}
