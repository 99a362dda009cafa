import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { parseJson } from "../../domain/text/parse-json.ts";
import type { Trace, Traces } from "../../ports/traces.ts";
import type { LeftFile, Sandbox } from "../../ports/workshop.ts";
import { listLeft, readLeft } from "./read-left-files.ts";
import { type GoProfile, goFlags, goRunner, readGoProfile } from "./trace-go.ts";
import { pythonTracer } from "./trace-python.ts";

/** Where a traced run writes: no tool that walks a checkout looks there. */
const place = ".git/drafthorse-trace";

/** What is read of one traced run: a suite of 500 test files in as many processes writes some 10 MiB. */
const most = { files: 2_000, bytes: 64 * 1024 * 1024 };

/** The tracer's compiled file; it imports nothing of ours. */
const nodeTracer = fileURLToPath(new URL("./trace-node.cjs", import.meta.url));

const Script = z.object({
  path: z.string(),
  source: z.string(),
  shift: z.number().int().nonnegative(),
  ran: z.array(z.tuple([z.number(), z.number()])),
  map: z.object({ sources: z.array(z.string()), content: z.unknown() }).exactOptional(),
});
const Process = z.object({
  loaded: z.array(z.string()),
  mapped: z.array(z.string()),
  scripts: z.array(Script),
});

/** Opens the tracing of runs: programs of ours that Node.js, Python and `go test` load by themselves. */
export function openTraces({ sandbox }: { sandbox: Sandbox }): Traces {
  return {
    begin: async (directory, files) => {
      const tools = `${directory}.trace`;
      await mkdir(tools, { recursive: true });
      await writeFile(join(tools, "sitecustomize.py"), pythonTracer);
      const runner = join(tools, "run-go-test");
      const isGo = files.some((path) => path.endsWith(".go")) && /^[\w./-]+$/.test(tools);
      if (isGo) await writeFile(runner, goRunner(join(directory, place)), { mode: 0o755 });
      const order = JSON.stringify({ root: directory, out: join(directory, place), files });
      const told = (environment: Record<string, string>) => ({
        ...environment,
        DRAFTHORSE_TRACE: order,
        NODE_OPTIONS: [environment.NODE_OPTIONS, `--require ${JSON.stringify(nodeTracer)}`]
          .filter(Boolean)
          .join(" "),
        PYTHONPATH: [tools, environment.PYTHONPATH].filter(Boolean).join(":"),
        ...(isGo && { GOFLAGS: goFlags(runner, environment.GOFLAGS) }),
      });
      return { told, readable: [tools, nodeTracer] };
    },
    read: async (directory, wanted) => {
      const ends = [".begun", ".json", ".lines", ".gobegun", ".goran"];
      const left = await listLeft(directory, { ends, below: place });
      const files = left.files.slice(0, most.files);
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0) <= most.bytes;
      const all = bytes ? await readLeft(sandbox, { directory, files }) : undefined;
      const isAll = left.whole && files.length === left.files.length && all !== undefined;
      const told = { bytes: all ?? Buffer.alloc(0), whole: isAll };
      return readTraceFiles(files, { ...told, root: directory, wanted: new Set(wanted) });
    },
  };
}

/** One file after the other, each in a turn of its own. */
async function readTraceFiles(
  files: LeftFile[],
  { bytes, whole, root, wanted }: { bytes: Buffer; whole: boolean; root: string; wanted: Set<string> },
): Promise<Trace> {
  const trace: Trace = { scripts: [], lines: new Map(), loaded: [], mapped: [], whole };
  const names = new Set(files.map(({ path }) => path));
  const profiles = new Map<string, GoProfile>();
  let at = 0;
  for (const { path, bytes: size } of files) {
    const text = bytes.subarray(at, at + size).toString("utf8");
    at += size;
    if (/\.go(?:begun|ran)$/.test(path)) keepProfile(profiles, { path, text });
    else if (path.endsWith(".lines")) readPythonTrace(trace, text);
    else if (path.endsWith(".json")) readProcess(trace, text);
    else if (!names.has(path.replace(/begun$/, "json"))) trace.whole = false;
    await setImmediate();
  }
  for (const profile of profiles.values()) {
    // A test binary that ended before it could write leaves its beginning alone.
    if (profile.ran === "") trace.whole = false;
    readGoProfile(trace, profile, { root, files: wanted });
  }
  return trace;
}

function keepProfile(profiles: Map<string, GoProfile>, { path, text }: { path: string; text: string }): void {
  const name = path.replace(/\.go(?:begun|ran)$/, "");
  const known = profiles.get(name) ?? { begun: "", ran: "" };
  profiles.set(name, path.endsWith("ran") ? { ...known, ran: text } : { ...known, begun: text });
}

function readProcess(trace: Trace, text: string): void {
  const told = Process.safeParse(parseJson(text));
  if (!told.success) {
    trace.whole = false;
    return;
  }
  trace.loaded.push(...told.data.loaded);
  trace.mapped.push(...told.data.mapped);
  trace.scripts.push(...told.data.scripts);
}

/** `@` a file that was run, `=` the lines that Python has code for, `+` a line that ran, `!` somebody else traced. */
function readPythonTrace(trace: Trace, text: string): void {
  for (const line of text.split("\n")) {
    const [sign = "", told = ""] = [line.slice(0, 1), line.slice(1)];
    if (sign === "!") trace.whole = false;
    else if (sign === "@") trace.loaded.push(told);
    else if (sign !== "") readPythonLine(trace, { told, side: sign === "+" ? "ran" : "code" });
  }
}

function readPythonLine(trace: Trace, { told, side }: { told: string; side: "ran" | "code" }): void {
  const { path = "", numbers = "" } = /^(?<path>.*):(?<numbers>[\d,]*)$/.exec(told)?.groups ?? {};
  const known = trace.lines.get(path) ?? { ran: new Set<number>(), code: new Set<number>() };
  for (const one of numbers.split(",")) known[side].add(Number(one));
  trace.lines.set(path, known);
}
