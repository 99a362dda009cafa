import type { Exit } from "../../domain/evidence/exit.ts";

/** What package managers and resolvers write where there is no network; none is a word that tests print of themselves. */
const signs = [
  /\bcode ENOTCACHED\b|\bERR_PNPM_NO_OFFLINE_(?:META|TARBALL)\b/,
  /\bgetaddrinfo (?:EAI_AGAIN|ENOTFOUND)\b/,
  /\bInternal Error: Network access disabled by the environment\b/,
  /\bTemporary failure in name resolution\b|\bCould not resolve host\b/,
  /\bmodule lookup disabled by GOPROXY=off\b/,
  /\battempting to make an HTTP request, but --offline was specified\b/,
  /\bNo matching distribution found for\b/,
  /\bNetwork connectivity is disabled, but\b/,
  /\bCannot access \S+ .*in offline mode\b/,
  /\bNetwork disabled, request canceled: \S/,
  /\bNo cached version (?:of|listing for) \S+ available for offline mode\b/,
  /\bjava\.net\.UnknownHostException: services\.gradle\.org\b/,
  /\bCould not reach host \S+ Check your network connection and try again\b/,
  /\bCould not find gem '[^'\n]+' in (?:cached gems or installed locally|locally installed gems)\b/,
];

/** Whether the end of a command's output tells of a network that it did not have. */
export function wantedNetwork({ exitCode, log }: Pick<Exit, "exitCode" | "log">): boolean {
  return exitCode !== 0 && signs.some((sign) => sign.test(log.tail));
}
