import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAgents } from "../../src/adapters/agent/open-agents.ts";
import type { AgentReport } from "../../src/domain/evidence/evidence.ts";
import type { AgentUpdate } from "../../src/domain/task/live-event.ts";
import type {
  AgentBounds,
  AgentPrompt,
  AgentSession,
  Dialogue,
  Sandbox,
  Worktree,
} from "../../src/ports/workshop.ts";
import { patienceMs } from "./patience.ts";
import { plainSandbox } from "./plain-sandbox.ts";
import { recordingLog } from "./recording-log.ts";

type Order = {
  prompt?: Partial<AgentPrompt>;
  session?: AgentSession | undefined;
  bounds?: Partial<AgentBounds>;
  signal?: AbortSignal;
  isMetered?: boolean;
  onNote?: () => void;
};

/** All that a sandbox is asked for by `talk`. */
type Asked = Parameters<Sandbox["talk"]>;

/** A worktree in a temporary folder, and agents put to work in it over a plain sandbox. */
export type AgentBench = {
  worktree: Worktree;
  notes: AgentUpdate[];
  /** The conversations that were opened. */
  sessions: AgentSession[];
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<string>;
  /** Puts the agent of a command to work; of several, the first that can. */
  work(commands: string | string[], order?: Order): Promise<AgentReport>;
  /** What the sandbox was asked for, for each agent. */
  asked: Asked[];
  /** The processes that were started for an agent, whether or not they still run. */
  processes: Dialogue[];
  close(): Promise<void>;
};

export async function openAgentBench(patience = { startMs: patienceMs, graceMs: 200 }): Promise<AgentBench> {
  const root = await mkdtemp(join(tmpdir(), "drafthorse-agent-"));
  const worktree = { directory: join(root, "tree"), home: join(root, "home"), readable: [] as string[] };
  await Promise.all([mkdir(worktree.directory), mkdir(worktree.home)]);
  const notes: AgentUpdate[] = [];
  const sessions: AgentSession[] = [];
  const asked: Asked[] = [];
  const processes: Dialogue[] = [];
  const place = (path: string): string => join(worktree.directory, path);
  return {
    worktree,
    notes,
    sessions,
    asked,
    processes,
    read: (path) => readFile(place(path), "utf8"),
    write: async (path, text) => {
      await writeFile(place(path), text);
      return place(path);
    },
    work: (commands, { prompt, session, bounds, signal, isMetered = false, onNote } = {}) => {
      const named = [commands].flat().map((command, index) => [`agent-${index + 1}`, command] as const);
      const environment = { PATH: process.env.PATH ?? "" };
      const known = named.map(
        ([name, command]) => [name, { command, environment, network: "none" as const }] as const,
      );
      const agent = openAgents(
        { known: Object.fromEntries(known), usual: named.map(([name]) => name) },
        {
          sandbox: recording(plainSandbox(), { asked, processes }),
          clock: { now: () => new Date() },
          readable: [],
          log: recordingLog(),
          patience,
        },
      );
      const note = (update: AgentUpdate): void => {
        notes.push(update);
        onNote?.();
      };
      return agent.work(
        {
          agents: [],
          worktree,
          taskFile: "TASK.md",
          prompt: { anew: "Do the task.", resumed: "Go on.", wrapUp: "Wrap up.", ...prompt },
          session: session ?? null,
          bounds: {
            ...{ totalMs: patienceMs, silenceMs: patienceMs, usd: null, turns: { limit: 300, used: 0 } },
            ...bounds,
          },
          isMetered,
          note,
          opened: async (opened) => void sessions.push(opened),
        },
        signal ?? new AbortController().signal,
      );
    },
    close: () => rm(root, { recursive: true, force: true }),
  };
}

/** The same sandbox, with what it was asked for and the processes that are talked to written down. */
function recording(sandbox: Sandbox, written: Pick<AgentBench, "asked" | "processes">): Sandbox {
  return {
    ...sandbox,
    talk: async (...asked: Asked) => {
      written.asked.push(asked);
      const dialogue = await sandbox.talk(...asked);
      written.processes.push(dialogue);
      return dialogue;
    },
  };
}
