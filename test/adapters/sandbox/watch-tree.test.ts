import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "@jest/globals";
import { watchTree } from "../../../src/adapters/sandbox/watch-tree.ts";

test("while the disk is measured, which may take long, memory and processes are watched all the same", async () => {
  const child = spawn("sh", ["-c", "sleep 30 & sleep 30 & sleep 30 & wait"], { detached: true });
  const bounds = { processes: 2, memoryBytes: 2 ** 40, diskBytes: 2 ** 40 };
  const disk = { isOver: () => new Promise<boolean>(() => undefined) };

  const watch = watchTree(child.pid ?? 0, { bounds, disk });

  expect(await watch.met).toBe("processes");
  watch.end();
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await once(child, "exit");
});
