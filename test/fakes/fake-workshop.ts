import { createHash } from "node:crypto";
import type { Base, Change, ChangedFile, FileText, Submodule } from "../../src/domain/evidence/change.ts";
import type { AgentReport } from "../../src/domain/evidence/evidence.ts";
import type { Exit } from "../../src/domain/evidence/exit.ts";
import type { Dates } from "../../src/ports/dates.ts";
import type { Setups } from "../../src/ports/setups.ts";
import type { Artefacts } from "../../src/ports/store.ts";
import type { Traces } from "../../src/ports/traces.ts";
import type { Agent, Objects, Sandbox, TestReports, Worktrees } from "../../src/ports/workshop.ts";
import type { FakeGitHub } from "./fake-github.ts";

const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");
const idOf = (text: string): string => createHash("sha1").update(text).digest("hex");

/** What an agent does in these stories: it says how it ended, and names the tree that it leaves. */
export type Deed = (
  order: Parameters<Agent["work"]>[0],
  signal: AbortSignal,
) => Promise<Partial<AgentReport> & { leaves?: string }>;

/** A workshop without a disk: trees are names, an agent is a function, and the validation knows which trees are green. */
export class FakeWorkshop {
  readonly kept = new Map<string, Uint8Array>();
  readonly prompts: string[] = [];
  readonly closed: string[] = [];
  readonly green = new Set<string>();
  /** What each changed file says. */
  code = "// nothing that is run";
  /** What was put in its place, and whether the validation notices. */
  readonly edits: string[] = [];
  notices = true;
  submodules: Submodule[] = [];
  /** Paths that each change adds beside its one. */
  beside: string[] = [];
  /** What a red validation writes. */
  output = "";
  /** Paths at which every change contradicts a base that moved. */
  conflicts: string[] = [];
  deed: Deed = async () => ({ leaves: "mended" });
  #left: string | undefined;
  readonly #github: FakeGitHub;

  constructor(github: FakeGitHub) {
    this.#github = github;
    this.passes("mended");
  }

  /** From now on the validation is green on the tree of this name. */
  passes(tree: string): void {
    this.green.add(idOf(tree));
  }

  readonly artefacts: Artefacts = {
    write: async (name, content) => {
      this.kept.set(name, Buffer.from(content));
      return { sha256: sha256(content), bytes: content.length };
    },
    adopt: async (name) => {
      this.kept.set(name, Buffer.from(""));
      return { sha256: sha256(""), bytes: 0 };
    },
    read: async (name) => this.kept.get(name),
    part: async (name, { from, bytes }) => this.kept.get(name)?.subarray(from, from + bytes),
    purge: async (taskKey) => {
      for (const name of this.kept.keys()) if (name.startsWith(`${taskKey}/`)) this.kept.delete(name);
    },
  };

  readonly worktrees: Worktrees = {
    fetch: async (_, ref) => {
      const commit = this.#github.refs.get(ref) ?? (this.#github.commits.has(ref) ? ref : undefined);
      return commit ? { ref, commit, tree: this.#github.commits.get(commit)?.tree ?? "" } : "missing";
    },
    submodules: async () => this.submodules,
    open: async ({ key }) => ({ directory: `/fake/${key}`, home: `/fake/${key}.home`, readable: [] }),
    capture: async ({ base, pack }) =>
      this.#changeOf(base, { tree: this.#left ? idOf(this.#left) : base.tree, pack }),
    export: async ({ tree }) => ({ directory: `/fake/${tree}`, readable: [] }),
    close: async (key) => void this.closed.push(key),
  };

  readonly objects: Objects = {
    blob: async () => Buffer.from("text"),
    compare: async (_, { before, after }) =>
      before === after
        ? []
        : this.#changeOf({ ref: "", commit: "", tree: before }, { tree: after, pack: "" }).files,
    compose: async (_, { before, paths }) => idOf(`${before} with ${paths}`),
    edit: async (_, { tree, texts }) => {
      const edited = `${tree} edited ${JSON.stringify([...texts])}`;
      this.edits.push(...texts.values());
      if (!this.notices) this.passes(edited);
      return idOf(edited);
    },
    merge: async ({ change }, { onto, pack }) => {
      if (this.conflicts.length > 0 || pack === undefined) return { conflicts: this.conflicts };
      const tree = idOf(`${change.tree} on ${onto.tree}`);
      this.kept.set(pack, Buffer.from(""));
      return { conflicts: [], change: { ...change, base: onto, tree, pack } };
    },
    list: async () => [],
    texts: (_, files) => this.#texts(files),
    trim: async ({ change }, { paths, offered, pack, patch }) => {
      const files = change.files.filter(({ path }) => !paths.includes(path));
      const tree = files.length > 0 ? idOf(files.map(({ path }) => path).join("\n")) : change.base.tree;
      this.kept.set(pack, Buffer.from("")).set(patch, Buffer.from(offered.join("\n")));
      const text = offered.join("\n");
      const kept = { artefact: patch, sha256: sha256(text), bytes: text.length, text };
      return { change: { ...change, files, tree, pack }, patch: offered.length > 0 ? kept : null };
    },
  };

  async *#texts(files: ChangedFile[]): AsyncIterable<FileText> {
    for (const file of files) yield { file, before: undefined, after: this.code };
  }

  readonly sandbox: Sandbox = {
    kind: "bwrap",
    run: async ({ command }, signal) =>
      this.green.has(command.directory.replace("/fake/", ""))
        ? exitOf({ exitCode: 0, tail: "" }, signal.aborted)
        : exitOf({ exitCode: 1, tail: this.output }, signal.aborted),
    talk: async () => {
      throw new Error("nobody talks in these stories");
    },
  };

  #changeOf(base: Base, { tree, pack }: { tree: string; pack: string }): Change {
    const after = { mode: "100644", id: idOf(tree), bytes: 4 };
    const files = ["src/a.js", ...this.beside].map((path) => ({ path, before: null, after }));
    return { base, tree, files: tree === base.tree ? [] : files, unpublishable: [], pack };
  }

  readonly setups: Setups = {
    registries: async () => undefined,
    prepare: async () => ({ kind: "ready", exclude: [], programs: [], furnish: async () => undefined }),
  };

  /** What a run leaves behind in these stories: nothing. */
  readonly testReports: TestReports = {
    list: async () => ({ files: [], whole: true }),
    read: async function* () {},
  };

  /** What is watched in these stories: nothing. */
  readonly traces: Traces = {
    begin: async () => ({ told: (environment) => environment, readable: [] }),
    read: async () => ({ scripts: [], lines: new Map(), loaded: [], mapped: [], whole: true }),
  };

  /** What day it is makes no difference in these stories. */
  readonly dates: Dates = {
    reach: () => ({ can: true }),
    shift: () => ({ told: (environment) => environment, readable: [] }),
  };

  readonly agent: Agent = {
    find: async () => undefined,
    work: async (order, signal) => {
      this.prompts.push(order.session ? order.prompt.resumed : order.prompt.anew);
      await order.opened(order.session ?? { agent: "fake", id: `session-${this.prompts.length}` });
      const { leaves, ...said } = await this.deed(order, signal);
      this.#left = leaves;
      return {
        ...{ name: "fake", version: "1", outcome: "finished", cause: "it ended its turn", summary: "Done." },
        ...{ costUsd: null, durationMs: 1_000, sandbox: "bwrap" },
        ...said,
      } as AgentReport;
    },
  };
}

function exitOf({ exitCode, tail }: { exitCode: number; tail: string }, aborted: boolean): Exit {
  return {
    argv: ["sh", "-c", "npm test"],
    exitCode: aborted ? null : exitCode,
    signal: null,
    endedBy: aborted ? "cancel" : "itself",
    durationMs: 10,
    log: { sha256: sha256(tail), bytes: tail.length, head: "", tail },
  };
}
