import * as http from "node:http";
import * as https from "node:https";

/** The connections of one proxy: of another's, an answer could be meant for somebody else. */
export type Pool = { http: http.Agent; https: https.Agent };

/** Opens connections that are kept for the next request; whom TLS trusts is this process's own affair. */
export function openPool(): Pool {
  const { ca } = https.globalAgent.options;
  return {
    http: new http.Agent({ keepAlive: true }),
    https: new https.Agent({ keepAlive: true, ...(ca && { ca }) }),
  };
}
