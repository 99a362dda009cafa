import { proxySecrets } from "../../domain/host/network-proxies.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { GitCall } from "./run-git.ts";

/** Where a repository is fetched from; `local` for a path on this machine, which needs no token. */
export type Remote = {
  url: string;
  token?: string;
  local?: boolean;
  /** Where a repository on this machine came from: relative addresses of its submodules mean something there. */
  origin?: string | undefined;
  /** The address of the network's proxy, with its password. */
  proxy?: string | undefined;
  /** A file with the certificate authorities that are trusted. */
  authorities?: string | undefined;
};

/** How a git process reaches a remote: the token is in its environment alone, bound to the exact URL. */
export function remoteAccess(
  gitDir: string,
  { url, token, local = false, proxy, authorities }: Remote,
): GitCall {
  const protocol = local ? "file" : protocolOf(url);
  const basic = token ? Buffer.from(`x-access-token:${token}`).toString("base64") : "";
  return {
    at: {
      gitDir,
      protocol,
      settings: {
        "transfer.fsckObjects": "true",
        // Blemishes of old histories, which GitHub accepts and which harm nobody.
        "fetch.fsck.badTimezone": "ignore",
        "fetch.fsck.missingSpaceBeforeDate": "ignore",
        "fetch.fsck.zeroPaddedFilemode": "ignore",
        // How long a live neighbour's lock is waited for, in milliseconds.
        "core.filesRefLockTimeout": "2000",
        // Less than 1,000 bytes a second for 60 seconds is a stalled connection.
        "http.lowSpeedLimit": "1000",
        "http.lowSpeedTime": "60",
        // Said in any case: whether a proxy is asked is decided by us, and by no variable that git would read.
        "http.proxy": proxy ?? "",
        ...(authorities && { "http.sslCAInfo": authorities }),
        ...(basic && { [`http.${url}.extraHeader`]: `Authorization: basic ${basic}` }),
      },
    },
    secrets: [...(token ? [token, basic] : []), ...proxySecrets({ https: proxy, direct: [] })],
  };
}

function protocolOf(url: string): string {
  const { protocol, username, password } = new URL(url);
  if (username || password || !/^https?:$/.test(protocol))
    throw new Failure("bug", "a remote is a plain HTTP or HTTPS address without credentials");
  return protocol.slice(0, -1);
}
