import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A process that tells by lines how far it is. */
export type LineProcess = {
  until(accept: (line: string) => boolean): Promise<string>;
  kill(): Promise<void>;
};

/** Starts a compiled TypeScript file as a process of its own. */
export function lineProcess(file: string, args: string[]): LineProcess {
  const child = spawn(process.execPath, [file, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async until(accept) {
      for (;;) {
        const { value, done } = await lines.next();
        if (done) throw new Error(`${file} ended before its line came`);
        if (accept(value)) return value;
      }
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}
