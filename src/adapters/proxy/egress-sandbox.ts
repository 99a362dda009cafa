import { dirname } from "node:path";
import type { Exit } from "../../domain/evidence/evidence.ts";
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
      const command = trusting(asked, setting.trust);
      const proxy = await openFor(command, setting);
      if (!proxy) return sandbox.run({ ...order, command }, signal);
      try {
        const confined = relayCommand({ ...command, network: "none" }, [proxy]);
        const exit = await sandbox.run({ ...order, command: confined }, signal);
        return { ...remarked(exit, proxy.refused()), argv: command.argv };
      } finally {
        await proxy.close();
      }
    },
    talk: async (asked, ...rest) => {
      const command = trusting(asked, setting.trust);
      const proxy = await openFor(command, setting);
      if (!proxy) return sandbox.talk(command, ...rest);
      try {
        const dialogue = await sandbox.talk(relayCommand({ ...command, network: "none" }, [proxy]), ...rest);
        void dialogue.ended.then(proxy.close);
        return dialogue;
      } catch (error) {
        await proxy.close();
        throw error;
      }
    },
  };
}

async function openFor(
  { network, directory }: Confined,
  setting: EgressSetting,
): Promise<EgressProxy | undefined> {
  if (typeof network === "string") return undefined;
  // Beside the directory and not in it: what is inside is the command's.
  return openEgressProxy({ ...setting, hosts: network, directory: dirname(directory) });
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
