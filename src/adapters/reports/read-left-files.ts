import type { LeftFile, LeftFiles, Sandbox } from "../../ports/workshop.ts";
import { runProgram } from "../../programs/run-program.ts";
import { splitRecords } from "../git/split-records.ts";

/** What a listing may take and write: 59,000 files take some 0.1 s. */
const listMs = 30_000;
const listBytes = 8 * 1024 * 1024;
/** No report lies deeper, and a tree that is a thousand folders deep is nobody's. */
const deepest = 16;
/** What reading files of at most some 64 MiB may take. */
const readMs = 30_000;

/** `find` follows no link, and knows FIFOs and devices from files; what others have installed is not entered. */
const bounds = ["-xdev", "-mindepth", "1", "-maxdepth", String(deepest)];
const foreign = ["(", "-name", ".git", "-o", "-name", "node_modules", ")", "-prune", "-o"];

/** The plain files of a directory with one of these ends of names, in all of it or `below`; the host only lists them. */
export async function listLeft(
  directory: string,
  { ends, below }: { ends: string[]; below?: string },
): Promise<LeftFiles> {
  const names = ends.flatMap((end) => ["-o", "-iname", `*${end}`]).slice(1);
  const told = ["-printf", below === undefined ? "%s %P\\0" : `%s ${below}/%P\\0`];
  const query = [below ?? ".", ...bounds, ...foreign, "-type", "f", "(", ...names, ")", ...told];
  const { stdout, problem } = await runProgram({
    ...{ file: "find", argv: query, directory, environment: { PATH: "/usr/bin:/bin" } },
    ...{ timeoutMs: listMs, outputBytes: listBytes },
  });
  const records = splitRecords(Buffer.from(stdout));
  const files = records.map(leftFile).filter((file) => file !== undefined);
  return { files, whole: problem === undefined && files.length === records.length };
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
export async function readLeft(
  sandbox: Sandbox,
  { directory, files }: { directory: string; files: LeftFile[] },
): Promise<Buffer | undefined> {
  const wanted = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const command = { argv: ["sh", "-c", "exec xargs -0 -r cat --"], directory };
  const shown = { writable: [], readable: [directory], environment: {}, network: "none" as const };
  const dialogue = await sandbox.talk({ ...command, ...shown }).catch(() => undefined);
  if (!dialogue) return undefined;
  const overdue = AbortSignal.timeout(readMs);
  overdue.addEventListener("abort", () => void dialogue.stop());
  dialogue.input.end(files.map(({ path }) => `./${path}\0`).join(""));
  const bytes = await readBounded(dialogue.output, wanted).catch(() => undefined);
  if (!bytes) await dialogue.stop();
  const { exitCode } = await dialogue.ended;
  return exitCode === 0 && bytes?.length === wanted ? bytes : undefined;
}

/** Undefined as soon as there is more than is wanted. */
async function readBounded(output: NodeJS.ReadableStream, wanted: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let room = wanted;
  for await (const chunk of output) {
    room -= chunk.length;
    if (room < 0) return undefined;
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}
