import type { Measurement } from "../../domain/evidence/evidence.ts";
import type { Exit } from "../../domain/evidence/exit.ts";
import { offlineSwitches } from "../../domain/host/offline-switches.ts";
import { treeBounds } from "../../domain/rules/limits.ts";
import { minuteMs } from "../../domain/rules/minute.ts";
import type { AcceptedTask } from "../../domain/task/accepted-task.ts";
import { commandsOf } from "../../domain/task/brief.ts";
import type { CleanCheckout } from "../../ports/workshop.ts";
import type { Ports } from "../../ports.ts";
import type { Furnished } from "./furnish-checkout.ts";

/** What ends a run early: the attempt, or the end of the time that the whole proof has. */
export type RunLimits = { signal: AbortSignal; remainingMs: () => number };

/** What is run where: the brief's commands, one a line. `told` makes of their environment the one that they are given. */
export type Order = CleanCheckout & {
  command: string;
  furnished: Furnished;
  limits: RunLimits;
  told: (environment: Record<string, string>) => Record<string, string>;
};

/** How the commands ended; `cut` if the proof's own time was over before theirs. */
export type Ran = { exit: Exit; cut: boolean; commands?: Measurement["commands"] };

type EndedCommand = { command: string; exit: Exit };

/** Runs the commands in their order, each in a shell of its own and all in the time of one, up to the first that fails. */
export async function runCommands(
  task: AcceptedTask,
  order: Order,
  ports: Pick<Ports, "policies" | "sandbox">,
): Promise<Ran> {
  const { validation } = await ports.policies.of(task.repository);
  const all = commandsOf(order.command);
  const ended: EndedCommand[] = [];
  const spent = () => ended.reduce((sum, { exit }) => sum + exit.durationMs, 0);
  let cut = false;
  for (const command of all) {
    const timeoutMs = Math.max(1, validation.timeoutMinutes * minuteMs - spent());
    const totalMs = Math.max(1, Math.min(timeoutMs, order.limits.remainingMs()));
    const first = ended.length === 0;
    const title = first ? titleOf(command) : `\n${titleOf(command)}`;
    const part = all.length > 1 ? { title, added: !first } : undefined;
    const exit = await runOne(task, { ...order, command, totalMs, part }, ports);
    ended.push({ command, exit });
    cut = totalMs < timeoutMs && (exit.endedBy === "time" || exit.endedBy === "silence");
    if (exit.endedBy !== "itself" || exit.exitCode !== 0) break;
  }
  const exit = lastOf(ended);
  if (all.length === 1) return { exit, cut };
  return { exit: { ...exit, durationMs: spent() }, cut, commands: ended.map(shortEntry) };
}

/** The line above a command's output, as in a terminal. */
export function titleOf(command: string): string {
  return `$ ${command}`;
}

/** The end of all is that of the last: those before it succeeded. */
function lastOf(ended: EndedCommand[]): Exit {
  const last = ended.at(-1);
  if (!last) throw new Error("A brief without a command was accepted.");
  return last.exit;
}

function shortEntry({ command, exit: { exitCode, signal, endedBy, durationMs } }: EndedCommand) {
  return { command, exitCode, signal, endedBy, durationMs };
}

type One = Order & { totalMs: number; part: { title: string; added: boolean } | undefined };

async function runOne(
  task: AcceptedTask,
  { directory, readable, command, furnished, totalMs, part, limits, told }: One,
  ports: Pick<Ports, "policies" | "sandbox">,
): Promise<Exit> {
  const { validation, limits: held } = await ports.policies.of(task.repository);
  const environment = {
    ...{ CI: "true", ...(validation.network === "none" && offlineSwitches(command)) },
    ...{ ...furnished.environment, ...validation.env },
  };
  return ports.sandbox.run(
    {
      command: {
        argv: ["sh", "-c", command],
        directory,
        writable: furnished.writable,
        readable,
        environment: told(environment),
        ...{ installed: "first", programs: furnished.programs ?? [] },
        network: validation.network,
      },
      bounds: { totalMs, silenceMs: totalMs, ...treeBounds(held) },
      log: `${directory}.log`,
      ...(part && { part }),
    },
    limits.signal,
  );
}
