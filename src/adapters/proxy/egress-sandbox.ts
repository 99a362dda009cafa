import { dirname } from "node:path";
import type { Exit } from "../../domain/evidence.ts";
import type { Confined, Sandbox } from "../../ports/workshop.ts";
import type { Log } from "../../ports.ts";
import { type EgressProxy, type EgressRules, openEgressProxy, type Resolve } from "./egress-proxy.ts";
import { relayCommand } from "./relay-command.ts";

/** What the ways out are opened with. */
export type EgressSetting = { rules: EgressRules; log: Log; resolve?: Resolve };

/** The same sandbox, in which a command's list of hosts is a way out to them and to nothing else. */
export function egressSandbox<S extends Sandbox>(sandbox: S, setting: EgressSetting): S {
  return {
    ...sandbox,
    run: async ({ command, ...order }, signal) => {
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
    talk: async (command, ...rest) => {
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
function remarked(exit: Exit, refused: string[]): Exit {
  if (refused.length === 0) return exit;
  const remark = `\n[drafthorse: refused, for it is not among the allowed hosts: ${refused.join(", ")}]\n`;
  return { ...exit, log: { ...exit.log, tail: `${exit.log.tail}${remark}` } };
}
