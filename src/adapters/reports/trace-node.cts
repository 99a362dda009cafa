/**
 * A program of its own, inside the sandbox: Node.js loads it before anything else (`--require`) and it imports nothing of
 * ours. It counts what V8 runs, and at the end of each process and thread writes down which pieces of the wanted files ran.
 * A `.begun` without its `.json` tells that a process was ended before it could.
 */
const fs: typeof import("node:fs") = require("node:fs");
const path: typeof import("node:path") = require("node:path");
const { fileURLToPath }: typeof import("node:url") = require("node:url");
const { Session }: typeof import("node:inspector") = require("node:inspector");
const threads: typeof import("node:worker_threads") = require("node:worker_threads");
const children = require("node:child_process");
const builtins = require("node:module");

type Order = { root: string; out: string; files: string[] };
type SourceMap = { sources?: (string | null)[]; sourceRoot?: string };
type Known = { path: string; mapUrl: string; shift: number; map?: { at: string; content: SourceMap } };
type Range = { startOffset: number; endOffset: number; count: number };
type Painted = { path: string; source: string; shift: number; map?: object; ran: Uint8Array };

const variable = "DRAFTHORSE_TRACE";
const written = process.env[variable];
if (written) begin(JSON.parse(written));

/** The parent of Node.js' own test runner has no inspector. It runs nothing of the checkout, unless it is told to. */
function connect(session: InstanceType<typeof Session>, tell: () => void): boolean {
  try {
    session.connect();
    return true;
  } catch {
    if (process.execArgv.some((option) => /test-isolation=none/.test(option))) tell();
    return false;
  }
}

function begin(order: Order): void {
  const name = path.join(order.out, `${process.pid}-${threads.threadId}-${Date.now().toString(36)}`);
  const scripts = new Map<string, Known>();
  const tell = () => {
    fs.mkdirSync(order.out, { recursive: true });
    fs.writeFileSync(`${name}.begun`, "");
  };
  passOn();
  const session = new Session();
  if (!connect(session, tell)) return;
  session.on("Debugger.scriptParsed", ({ params }) => {
    const own = ownPath(order, params.url);
    if (own === undefined) return;
    if (scripts.size === 0) tell();
    const shift = Math.max(0, -params.startColumn);
    scripts.set(params.scriptId, { path: own, mapUrl: params.sourceMapURL ?? "", shift });
  });
  ask(session, "Profiler.enable");
  ask(session, "Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  ask(session, "Debugger.enable");
  let isDone = false;
  atEnd(() => {
    if (isDone || scripts.size === 0) return;
    isDone = true;
    fs.writeFileSync(`${name}.json`, JSON.stringify(take(order, { session, scripts })));
  });
}

/** The path of a script below the checkout; undefined for what is installed, built in or has no file. */
function ownPath({ root }: Order, url: string): string | undefined {
  const bare = url.replace(/[?#].*$/, "");
  try {
    const file = bare.startsWith("file://") ? fileURLToPath(bare) : bare;
    if (!file.startsWith(`${root}/`) || file.includes("/node_modules/")) return undefined;
    return file.slice(root.length + 1);
  } catch {
    return undefined;
  }
}

/** Calls back at once, so that the answer is there when this returns. */
// biome-ignore lint/suspicious/noExplicitAny: what the inspector answers has a shape for each of its methods
function ask(session: InstanceType<typeof Session>, method: string, params: object = {}): any {
  let answer: unknown;
  session.post(method, params, (_, result) => {
    answer = result;
  });
  return answer;
}

/** After whoever listens to the end, also where one of them exits at once, as tape does; a process that is told to end without listening writes first. */
function atEnd(write: () => void): void {
  const emit = process.emit;
  process.emit = function (this: NodeJS.Process, ...args: Parameters<typeof emit>) {
    const heard = emit.apply(this, args);
    if (String(args[0]) === "exit") write();
    return heard;
  } as typeof emit;
  const really = process as typeof process & { reallyExit(code?: number): never };
  const { reallyExit } = really;
  really.reallyExit = (code) => {
    write();
    return reallyExit.call(process, code);
  };
  if (!threads.isMainThread) return;
  process.on("SIGTERM", function end() {
    if (process.listenerCount("SIGTERM") > 1) return;
    write();
    process.removeListener("SIGTERM", end);
    process.kill(process.pid, "SIGTERM");
  });
}

/** A child that is given an environment of its own is traced too, as with NODE_V8_COVERAGE. */
function passOn(): void {
  const own = { NODE_OPTIONS: process.env.NODE_OPTIONS ?? "", [variable]: written ?? "" };
  const { spawn } = children.ChildProcess.prototype;
  children.ChildProcess.prototype.spawn = function (options: { envPairs?: string[] }) {
    const pairs = options?.envPairs;
    if (Array.isArray(pairs))
      for (const [key, value] of Object.entries(own))
        if (!pairs.some((pair) => pair.startsWith(`${key}=`))) pairs.push(`${key}=${value}`);
    return spawn.call(this, options);
  };
  for (const name of ["spawnSync", "execFileSync", "execSync"]) {
    const call = children[name];
    children[name] = (...args: unknown[]) =>
      call(...args.map((one) => (hasEnvironment(one) ? { ...one, env: { ...own, ...one.env } } : one)));
  }
  builtins.syncBuiltinESMExports?.();
}

function hasEnvironment(value: unknown): value is { env: Record<string, string> } {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && "env" in value && !!value.env
  );
}

type Taken = { session: InstanceType<typeof Session>; scripts: Map<string, Known> };

function take(order: Order, { session, scripts }: Taken): object {
  const wanted = new Set(order.files);
  const painted = new Map<string, Painted>();
  for (const { scriptId, functions } of ask(session, "Profiler.takePreciseCoverage").result) {
    const known = scripts.get(scriptId);
    if (!known) continue;
    readMap(order, known);
    if (!wanted.has(known.path) && !sourcesOf(order, known).some((source) => wanted.has(source))) continue;
    const source: string = ask(session, "Debugger.getScriptSource", { scriptId })?.scriptSource ?? "";
    paint(painted, {
      known: { ...known, sources: sourcesOf(order, known) },
      source,
      ranges: functions.flatMap((one: { ranges: Range[] }) => one.ranges),
    });
  }
  const all = [...scripts.values()];
  return {
    loaded: [...new Set(all.map((one) => one.path))],
    mapped: [...new Set(all.filter((one) => readMap(order, one)).map((one) => one.path))],
    scripts: [...painted.values()].map((one) => ({ ...one, ran: piecesOf(one.ran) })),
  };
}

/** A file is run anew in each context of a test runner: what ran in one of them ran. Ranges come the outer before the inner. */
function paint(
  painted: Map<string, Painted>,
  { known, source, ranges }: { known: Known & { sources: string[] }; source: string; ranges: Range[] },
): void {
  const key = `${known.path}\0${source}`;
  const { path: own, shift, map, sources } = known;
  const all = painted.get(key) ?? {
    ...{ path: own, source, shift, ran: new Uint8Array(source.length) },
    ...(map && { map: { sources, content: map.content } }),
  };
  const here = new Uint8Array(source.length);
  const nested = ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  for (const { startOffset, endOffset, count } of nested)
    here.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  for (let at = 0; at < here.length; at++) if (here[at]) all.ran[at] = 1;
  painted.set(key, all);
}

function piecesOf(ran: Uint8Array): [number, number][] {
  const pieces: [number, number][] = [];
  for (let at = ran.indexOf(1); at >= 0; ) {
    const end = ran.indexOf(0, at);
    pieces.push([at, end < 0 ? ran.length : end]);
    at = end < 0 ? -1 : ran.indexOf(1, end);
  }
  return pieces;
}

function readMap({ root }: Order, known: Known): Known["map"] {
  if (known.map || !known.mapUrl) return known.map;
  try {
    const { base64, data } = /^data:[^,]*?(?<base64>;base64)?,(?<data>.*)$/s.exec(known.mapUrl)?.groups ?? {};
    const at =
      data === undefined ? path.posix.join(path.posix.dirname(known.path), known.mapUrl) : known.path;
    const inline = base64
      ? Buffer.from(data ?? "", "base64").toString("utf8")
      : decodeURIComponent(data ?? "");
    const text = data === undefined ? fs.readFileSync(path.join(root, at), "utf8") : inline;
    known.map = { at, content: JSON.parse(text) };
  } catch {
    known.mapUrl = "";
  }
  return known.map;
}

/** The sources of a script's map as paths below the checkout, in their order; `""` for one without a name. */
function sourcesOf({ root }: Order, { map }: Known): string[] {
  if (!map) return [];
  const { sources = [], sourceRoot = "" } = map.content;
  return sources.map((source) => {
    if (!source) return "";
    const file = source.startsWith("file://") ? fileURLToPath(source) : source;
    return path.relative(root, path.resolve(root, path.dirname(map.at), sourceRoot, file));
  });
}
