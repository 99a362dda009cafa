import { setImmediate } from "node:timers/promises";
import type { LeftFile, Sandbox, TestReports } from "../../ports/workshop.ts";
import { listLeft, readLeft } from "./read-left-files.ts";

/** What is handed on at once: whoever parses it holds up all others for as long. */
const pieceBytes = 64 * 1024;

/** Opens what test runners leave in their checkouts: the host only lists it, and it is read in the sandbox. */
export function openTestReports({ sandbox }: { sandbox: Sandbox }): TestReports {
  return {
    list: (directory) => listLeft(directory, { ends: [".xml", ".tap", ".info", ".lcov"] }),
    read: async function* (directory, files) {
      const bytes = await readLeft(sandbox, { directory, files });
      if (!bytes) return;
      for (const { path, from, to } of piecesOf(files)) {
        yield { path, bytes: bytes.subarray(from, to) };
        await setImmediate();
      }
    },
  };
}

/** A file without bytes has no piece. */
function* piecesOf(files: LeftFile[]): Generator<{ path: string; from: number; to: number }> {
  let at = 0;
  for (const { path, bytes } of files) {
    const end = at + bytes;
    for (; at < end; at = Math.min(end, at + pieceBytes))
      yield { path, from: at, to: Math.min(end, at + pieceBytes) };
  }
}
