import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAgent } from "../../src/adapters/agent/open-agent.ts";
import type { AgentReport } from "../../src/domain/evidence.ts";
import type { AgentUpdate, Bounds, Dialogue, Sandbox, Worktree } from "../../src/ports/workshop.ts";
import { plainSandbox } from "./plain-sandbox.ts";

type Order = { prompt?: string; bounds?: Partial<Bounds>; signal?: AbortSignal; onNote?: () => void };

/** A worktree in a temporary folder, and agents put to work in it over a plain sandbox. */
export type AgentBench = {
  worktree: Worktree;
  notes: AgentUpdate[];
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<string>;
  work(command: string, order?: Order): Promise<AgentReport>;
  /** The processes that were started for an agent, whether or not they still run. */
  processes: Dialogue[];
  close(): Promise<void>;
};

export async function openAgentBench(patience = { startMs: 10_000, graceMs: 200 }): Promise<AgentBench> {
  const root = await mkdtemp(join(tmpdir(), "drafthorse-agent-"));
  const worktree = { directory: join(root, "tree"), home: join(root, "home"), readable: [] as string[] };
  await Promise.all([mkdir(worktree.directory), mkdir(worktree.home)]);
  const notes: AgentUpdate[] = [];
  const processes: Dialogue[] = [];
  const place = (path: string): string => join(worktree.directory, path);
  return {
    worktree,
    notes,
    processes,
    read: (path) => readFile(place(path), "utf8"),
    write: async (path, text) => {
      await writeFile(place(path), text);
      return place(path);
    },
    work: (command, { prompt = "Do the task.", bounds, signal, onNote } = {}) => {
      const agent = openAgent({
        command,
        environment: { PATH: process.env.PATH ?? "" },
        network: "none",
        sandbox: recording(plainSandbox(), processes),
        clock: { now: () => new Date() },
        readable: [],
        patience,
      });
      const note = (update: AgentUpdate): void => {
        notes.push(update);
        onNote?.();
      };
      return agent.work(
        {
          worktree,
          taskFile: "TASK.md",
          prompt,
          bounds: { totalMs: 20_000, silenceMs: 20_000, ...bounds },
          note,
        },
        signal ?? new AbortController().signal,
      );
    },
    close: () => rm(root, { recursive: true, force: true }),
  };
}

function recording(sandbox: Sandbox, processes: Dialogue[]): Sandbox {
  return {
    kind: sandbox.kind,
    run: sandbox.run,
    talk: async (command) => {
      const dialogue = await sandbox.talk(command);
      processes.push(dialogue);
      return dialogue;
    },
  };
}
