import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EgressExam } from "../../ports/doctor.ts";
import type { Sandbox } from "../../ports/workshop.ts";
import { type EgressSetting, egressSandbox } from "./egress-sandbox.ts";

/** How long a host may take to answer from inside, in milliseconds. */
const answerMs = 15_000;

/**
 * What runs inside: a host of TLS is asked for by CONNECT, any other for its head. A host that the proxy refuses is told at the
 * end of the log; one that it does not reach is answered by a 502 or a 504.
 */
const inside = `
const { request } = require("node:http");
const { env } = require("node:process");
const [host] = process.argv.slice(1);
const isPlain = /:\\d+$/.test(host) && !host.endsWith(":443");
const proxy = new URL(isPlain ? env.HTTP_PROXY : env.HTTPS_PROXY);
const at = isPlain ? host : host.replace(/(?::443)?$/, ":443");
const pair = [proxy.username, proxy.password].map(decodeURIComponent).join(":");
const headers = { host: at, "proxy-authorization": "Basic " + Buffer.from(pair).toString("base64") };
const order = isPlain ? { method: "HEAD", path: "http://" + at + "/" } : { method: "CONNECT", path: at };
const asked = request({ hostname: proxy.hostname, port: proxy.port, headers, ...order });
const end = (why) => { if (why) console.log(why); process.exit(why ? 1 : 0); };
asked.on("response", ({ statusCode }) => end(statusCode >= 502 && statusCode <= 504 ? "nobody answered there" : ""));
asked.on("connect", ({ statusCode }) => end(statusCode === 200 ? "" : "the proxy answered " + statusCode));
asked.on("error", ({ message }) => end(message));
asked.end();
`;

/** Asks for each host, `host` or `host:port`, from inside the sandbox, as a set-up does. */
export async function examineEgress(
  hosts: string[],
  { sandbox, ...setting }: EgressSetting & { sandbox: Sandbox },
): Promise<EgressExam[]> {
  const root = await mkdtemp(join(tmpdir(), "drafthorse-egress-"));
  try {
    const directory = join(root, "tree");
    await mkdir(directory);
    const confined = egressSandbox(sandbox, setting);
    return await Promise.all(hosts.map((host, at) => askHost({ host, at, directory }, confined)));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

type ExamOrder = { host: string; at: number; directory: string };

async function askHost({ host, at, directory }: ExamOrder, sandbox: Sandbox): Promise<EgressExam> {
  const command = {
    argv: [process.execPath, "-e", inside, host],
    ...{ directory, writable: [directory], readable: [], environment: {}, network: [host] },
  };
  const bounds = { totalMs: answerMs, silenceMs: answerMs };
  const exit = await sandbox.run(
    { command, bounds, log: `${directory}-${at}.log` },
    new AbortController().signal,
  );
  const last = exit.log.tail.trim().split("\n").at(-1) ?? "";
  const refused = /^\[drafthorse: .* was refused: (?<why>.*)\]$/.exec(last)?.groups?.why;
  if (refused !== undefined) return { host, blocked: refused };
  return { host, blocked: exit.exitCode === 0 ? null : last || "no answer in time" };
}
