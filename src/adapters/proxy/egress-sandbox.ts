import { chmod, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { rootCertificates } from "node:tls";
import type { Exit } from "../../domain/evidence/exit.ts";
import { authorityVariables } from "../../domain/host/authorities.ts";
import type { NetworkProxies } from "../../domain/host/network-proxies.ts";
import type { Confined, Sandbox } from "../../ports/workshop.ts";
import type { Log } from "../../ports.ts";
import {
  type EgressProxy,
  type EgressRules,
  openEgressProxy,
  type Refused,
  type Resolve,
} from "./egress-proxy.ts";
import type { Trust } from "./open-trust.ts";
import { relayCommand } from "./relay-command.ts";

/** What the ways out are opened with. */
export type EgressSetting = {
  rules: EgressRules;
  trust: Trust;
  log: Log;
  resolve?: Resolve;
  proxies?: NetworkProxies;
};

/** The same sandbox, in which a command's list of hosts is a way out to them and to nothing else. */
export function egressSandbox<S extends Sandbox>(sandbox: S, setting: EgressSetting): S {
  return {
    ...sandbox,
    run: async ({ command: asked, ...order }, signal) => {
      const way = await openWay(asked, setting);
      if (!way) return sandbox.run({ ...order, command: trusting(asked, setting.trust) }, signal);
      try {
        const exit = await sandbox.run({ ...order, command: way.command }, signal);
        return { ...remarked(exit, way.refused()), argv: asked.argv };
      } finally {
        await way.close();
      }
    },
    talk: async (asked, ...rest) => {
      const way = await openWay(asked, setting);
      if (!way) return sandbox.talk(trusting(asked, setting.trust), ...rest);
      try {
        const dialogue = await sandbox.talk(way.command, ...rest);
        void dialogue.ended.then(way.close);
        return dialogue;
      } catch (error) {
        await way.close();
        throw error;
      }
    },
  };
}

/** A way out that is open, and the command that has it. */
type EgressWay = { command: Confined; refused(): Refused[]; close(): Promise<void> };

async function openWay(asked: Confined, setting: EgressSetting): Promise<EgressWay | undefined> {
  const { network, reads = [], directory } = asked;
  const hosts = typeof network === "string" ? [] : network;
  if (network === "host" || (network === "none" && reads.length === 0)) return undefined;
  // Beside the directory and not in it: what is inside is the command's.
  const beside = dirname(directory);
  const proxy = await openEgressProxy({ ...setting, hosts, reads, directory: beside });
  const { refused, authority, close } = proxy;
  const trust = await trustFor(proxy, setting).catch(async (error) => {
    await close();
    throw error;
  });
  const told = trusting({ ...asked, network: hosts }, trust);
  // Another authority than the proxy's is of no use to whoever only reads.
  const environment = { ...told.environment, ...(authority !== undefined && trust.environment) };
  const command = relayCommand({ ...told, environment, network: "none" }, [proxy]);
  return { command, refused, close };
}

/** Where the proxy has an authority of its own: a file with it, and with all others whom the command would trust. */
async function trustFor({ authority, socket }: EgressProxy, { trust }: EgressSetting): Promise<Trust> {
  if (authority === undefined) return trust;
  const { bundle } = trust;
  const others = bundle === undefined ? rootCertificates.join("\n") : await readFile(bundle, "utf8");
  // It goes with the socket beside which it lies.
  const file = `${socket}.pem`;
  await writeFile(file, `${authority}\n${others}\n`);
  // The user of a sandbox is another than ours.
  await chmod(file, 0o644);
  return {
    environment: Object.fromEntries(authorityVariables.map((name) => [name, file])),
    files: [file],
    bundle: file,
  };
}

/** A client says little of why it was refused, so the end of the log does. */
function remarked(exit: Exit, refused: Refused[]): Exit {
  if (refused.length === 0) return exit;
  const remarks = refused.map(({ asked, why }) => `[drafthorse: ${asked} was refused: ${why}]\n`);
  return { ...exit, log: { ...exit.log, tail: `${exit.log.tail}\n${remarks.join("")}` } };
}

/** What a command with any way out is told and shown, so that it trusts whom this machine trusts; its own word wins. */
function trusting(command: Confined, { environment, files }: Trust): Confined {
  if (command.network === "none") return command;
  return {
    ...command,
    environment: { ...environment, ...command.environment },
    readable: [...command.readable, ...files],
  };
}
