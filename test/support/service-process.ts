import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { patienceMs } from "./patience.ts";

/** One line of the service's log. */
export type LogLine = Record<string, unknown> & { msg: string };

/** How a process ended. */
export type Exit = { code: number | null; signal: NodeJS.Signals | null };

/** Drafthorse as a process of its own, known by what it logs. */
export type ServiceProcess = {
  /** All that it logged so far. */
  lines: LogLine[];
  /** The first line that fits, logged already or yet to come; rejects if the process ends without it. */
  line(accept: (line: LogLine) => boolean, withinMs?: number): Promise<LogLine>;
  /** What fits in a line that it wrote outside its log; rejects if the process ends without it. */
  said(words: RegExp): Promise<string>;
  /** Where it listens, once it is ready; undefined if it takes no webhooks. */
  ready(): Promise<string | undefined>;
  ended: Promise<Exit>;
  stderr(): string;
  /** Sends a signal, and waits for nothing. */
  tell(signal: NodeJS.Signals): void;
  /** Sends a signal and waits for the end; a process that has ended already is left alone. */
  kill(signal: NodeJS.Signals): Promise<Exit>;
};

const main = join(import.meta.dirname, "../../src/cli/main.js");

/** V8's own threads compete with the suites beside this one: without them a service takes a seventh less of the machine. */
const oneThread = ["--single-threaded", "--liftoff-only"];

/** Starts `drafthorse start`, or another command, with this environment and nothing of the test's own. */
export function serviceProcess(environment: Record<string, string>, command = "start"): ServiceProcess {
  const child = spawn(process.execPath, [...oneThread, main, command], {
    cwd: tmpdir(),
    // An offered set-up has a suite of its own; elsewhere it would be one more thing that the service does meanwhile.
    env: { PATH: process.env.PATH ?? "", HOME: tmpdir(), ONBOARDING: "none", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: LogLine[] = [];
  const plain: string[] = [];
  const errors: string[] = [];
  const news = new EventTarget();
  createInterface({ input: child.stdout }).on("line", (text) => {
    const line = parsed(text);
    if (line) lines.push(line);
    else plain.push(text);
    news.dispatchEvent(new Event("line"));
  });
  child.stderr.on("data", (data: Buffer) => errors.push(data.toString()));
  const ended = endOf(child);
  const over = ended.then(() => "over" as const);

  const seen = async <T>(find: () => T | undefined, withinMs = patienceMs): Promise<T> => {
    const bound = new AbortController();
    const late = pause(withinMs, "late" as const, { signal: bound.signal }).catch(() => "late" as const);
    try {
      for (;;) {
        const found = find();
        if (found !== undefined) return found;
        const next = new Promise<"line">((resolve) => {
          news.addEventListener("line", () => resolve("line"), { once: true });
        });
        const what = await Promise.race([next, over, late]);
        if (what !== "line" && find() === undefined) throw noLine(what, { lines, errors });
      }
    } finally {
      bound.abort();
    }
  };
  const line: ServiceProcess["line"] = (accept, withinMs) => seen(() => lines.find(accept), withinMs);
  return {
    lines,
    line,
    said: (words) =>
      seen(() => plain.map((text) => words.exec(text)?.[0]).find((found) => found !== undefined)),
    ended,
    ready: async () => {
      const { url } = await line(({ msg }) => msg === "ready");
      return typeof url === "string" ? url : undefined;
    },
    stderr: () => errors.join(""),
    tell: (signal) => void child.kill(signal),
    async kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** The streams are closed when a process has ended and all that it wrote was read. */
async function endOf(child: ChildProcess): Promise<Exit> {
  const [code, signal] = await once(child, "close");
  return { code, signal };
}

function parsed(text: string): LogLine | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function noLine(what: "over" | "late", told: { lines: LogLine[]; errors: string[] }): Error {
  const last = told.lines.slice(-15).map((line) => JSON.stringify(line).slice(0, 1_000));
  const why = what === "over" ? "the process ended before its line came" : "no such line came";
  return new Error([why, ...last, ...told.errors].join("\n"));
}
