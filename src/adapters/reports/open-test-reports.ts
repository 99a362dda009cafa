import { setImmediate } from "node:timers/promises";
import { execa } from "execa";
import type { LeftFile, LeftFiles, Sandbox, TestReports } from "../../ports/workshop.ts";
import { splitRecords } from "../git/split-records.ts";

/** What a listing may take and write: 59,000 files take some 0.1 s. */
const LIST_MS = 30_000;
const LIST_BYTES = 8 * 1024 * 1024;
/** No report lies deeper, and a tree that is a thousand folders deep is nobody's. */
const DEEPEST = 16;
/** What reading reports of at most 32 MiB may take. */
const READ_MS = 30_000;
/** What is handed on at once: whoever parses it holds up all others for as long. */
const PIECE_BYTES = 64 * 1024;

/** `find` follows no link, and knows FIFOs and devices from files; what others have installed is not entered. */
const FIND = [
  ...[".", "-xdev", "-mindepth", "1", "-maxdepth", String(DEEPEST)],
  ...["(", "-name", ".git", "-o", "-name", "node_modules", ")", "-prune", "-o"],
  ...["-type", "f", "(", "-iname", "*.xml", "-o", "-iname", "*.tap", ")", "-printf", "%s %P\\0"],
];

/** Opens what test runners leave in their checkouts: the host only lists it, and it is read in the sandbox. */
export function openTestReports({ sandbox }: { sandbox: Sandbox }): TestReports {
  return {
    list,
    read: async function* (directory, files) {
      const bytes = await readAll(sandbox, { directory, files });
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
    for (; at < end; at = Math.min(end, at + PIECE_BYTES))
      yield { path, from: at, to: Math.min(end, at + PIECE_BYTES) };
  }
}

async function list(directory: string): Promise<LeftFiles> {
  const { stdout, failed } = await execa("find", FIND, {
    ...{ cwd: directory, env: { PATH: "/usr/bin:/bin" }, extendEnv: false, reject: false },
    ...{ timeout: LIST_MS, maxBuffer: LIST_BYTES, encoding: "buffer" },
  });
  const records = splitRecords(Buffer.from(stdout ?? []));
  const files = records.map(leftFile).filter((file) => file !== undefined);
  return { files, whole: !failed && files.length === records.length };
}

/** Undefined for a name that is not UTF-8, and for a record that was cut off. */
function leftFile(record: Buffer): LeftFile | undefined {
  const text = record.toString("utf8");
  const { bytes, path } = /^(?<bytes>\d{1,15}) (?<path>.+)$/s.exec(text)?.groups ?? {};
  return path && Buffer.from(text).equals(record) ? { path, bytes: Number(bytes) } : undefined;
}

/**
 * All the files one after the other, as their owner sees them; undefined unless exactly what was listed has come. Nothing
 * runs in the checkout any more, so a file cannot have become a link since.
 */
async function readAll(
  sandbox: Sandbox,
  { directory, files }: { directory: string; files: LeftFile[] },
): Promise<Buffer | undefined> {
  const wanted = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const command = { argv: ["sh", "-c", "exec xargs -0 -r cat --"], directory };
  const shown = { writable: [], readable: [directory], environment: {}, network: "none" as const };
  const dialogue = await sandbox.talk({ ...command, ...shown }).catch(() => undefined);
  if (!dialogue) return undefined;
  const overdue = AbortSignal.timeout(READ_MS);
  overdue.addEventListener("abort", () => void dialogue.stop());
  dialogue.input.end(files.map(({ path }) => `./${path}\0`).join(""));
  const bytes = await collect(dialogue.output, wanted).catch(() => undefined);
  if (!bytes) await dialogue.stop();
  const { exitCode } = await dialogue.ended;
  return exitCode === 0 && bytes?.length === wanted ? bytes : undefined;
}

/** Undefined as soon as there is more than is wanted. */
async function collect(output: NodeJS.ReadableStream, wanted: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let room = wanted;
  for await (const chunk of output) {
    room -= chunk.length;
    if (room < 0) return undefined;
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}
