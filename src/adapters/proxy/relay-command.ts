import { fileURLToPath } from "node:url";
import type { Confined, Sandbox } from "../../ports/workshop.ts";

/** Stands for the port in what a command is told, until the relay inside knows it. */
export const portPlaceholder = "{port}";

/** A way out of the sandbox: a socket of ours, and how a command learns of the port that stands for it inside. */
export type Line = { socket: string; environment: Record<string, string> };

/** The relay's compiled file; it imports nothing of ours. */
const relayFile = fileURLToPath(new URL("./relay.mjs", import.meta.url));

/** The same command with lines to our proxies; inside they are ports on the loopback. */
export function relayCommand(command: Confined, lines: Line[]): Confined {
  if (lines.length === 0) return command;
  const told = lines.map(({ socket, environment }) => ({ socket, variables: Object.keys(environment) }));
  return {
    ...command,
    argv: [process.execPath, relayFile, JSON.stringify(told), ...command.argv],
    readable: [...command.readable, relayFile],
    sockets: [...(command.sockets ?? []), ...lines.map(({ socket }) => socket)],
    environment: Object.assign({}, command.environment, ...lines.map(({ environment }) => environment)),
  };
}

/** The same sandbox, in which every command has the lines. What is recorded of a command does not show the relay. */
export function relayingSandbox(sandbox: Sandbox, lines: Line[]): Sandbox {
  return {
    kind: sandbox.kind,
    run: async ({ command, ...order }, signal) => {
      const exit = await sandbox.run({ ...order, command: relayCommand(command, lines) }, signal);
      return { ...exit, argv: command.argv };
    },
    talk: (command, ...rest) => sandbox.talk(relayCommand(command, lines), ...rest),
  };
}
