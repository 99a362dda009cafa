import { fork } from "node:child_process";
import { clearTimeout, setTimeout } from "node:timers";
import { fileURLToPath } from "node:url";
import {
  type ProgramAnswer,
  type ProgramCall,
  type ProgramEnd,
  type ProgramRequest,
  unseenEnd,
} from "./program.ts";

/** A starter that nobody needs is let go after this, in ms: to start one takes some 100 ms. */
const idleMs = 5_000;

/** The small process that starts programs for this one. */
export type ProgramStarter = {
  /** False once it has ended or was let go. */
  isOpen(): boolean;
  run(call: ProgramCall): Promise<ProgramEnd>;
};

/** Starts the process. It ends with this one, or when it was idle for a while; it keeps this one alive only while it works. */
export function openStarter(): ProgramStarter {
  const child = fork(fileURLToPath(new URL("./program-starter.js", import.meta.url)), {
    // With a group of its own it does not die of the Ctrl-C that asks this process to end in good order.
    ...{ detached: true, serialization: "advanced", stdio: ["ignore", "ignore", "inherit", "ipc"] },
    ...{ env: {}, execArgv: [] },
  });
  const waiting = new Map<number, (end: ProgramEnd) => void>();
  let lastId = 0;
  let idle: NodeJS.Timeout | undefined;

  function settle(id: number, end: ProgramEnd): void {
    waiting.get(id)?.(end);
    if (!waiting.delete(id) || waiting.size > 0) return;
    child.unref();
    child.channel?.unref();
    clearTimeout(idle);
    idle = setTimeout(() => child.connected && child.disconnect(), idleMs).unref();
  }

  function giveUp(why: string): void {
    for (const id of [...waiting.keys()]) settle(id, unseenEnd(why));
  }

  child.on("message", ({ id, end }: ProgramAnswer) => settle(id, end));
  child.on("error", ({ message }) => giveUp(message));
  child.on("disconnect", () => giveUp("the process that starts programs ended"));
  return {
    isOpen: () => child.connected,
    run(call) {
      clearTimeout(idle);
      child.ref();
      child.channel?.ref();
      const request: ProgramRequest = { id: ++lastId, call };
      return new Promise((resolve) => {
        waiting.set(request.id, resolve);
        child.send(request, (error) => error && settle(request.id, unseenEnd(error.message)));
      });
    },
  };
}
