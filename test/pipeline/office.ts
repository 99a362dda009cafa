import { openAttemptEvents } from "../../src/adapters/host/open-attempt-events.ts";
import { openSecrets } from "../../src/adapters/secrets/open-secrets.ts";
import { openMemoryStore } from "../../src/adapters/store/memory/open-memory-store.ts";
import type { Store } from "../../src/adapters/store/store.ts";
import { issue as story } from "../../src/cli/demo/demo-story.ts";
import { handleJob } from "../../src/compose/jobs.ts";
import type { ReviewEvent } from "../../src/domain/review/review-event.ts";
import type { Task } from "../../src/domain/task/task.ts";
import type { ReviewNews } from "../../src/intake/read-news.ts";
import { accept } from "../../src/pipeline/accept.ts";
import { approve } from "../../src/pipeline/approve.ts";
import { cancel } from "../../src/pipeline/cancel.ts";
import { close } from "../../src/pipeline/close.ts";
import { correct } from "../../src/pipeline/correct.ts";
import { follow } from "../../src/pipeline/follow.ts";
import { refresh } from "../../src/pipeline/refresh.ts";
import { schedule } from "../../src/pipeline/schedule.ts";
import { openPolicies } from "../../src/policy/open-policies.ts";
import type { Ports } from "../../src/ports.ts";
import { needsJob } from "../../src/queue/job-of.ts";
import { FakeGitHub } from "../fakes/fake-github.ts";
import { fakeSigner } from "../fakes/fake-signer.ts";
import { FakeWorkshop } from "../fakes/fake-workshop.ts";

/** Turns of the event loop that a story may take; the longest takes a few hundred. */
const mostTurns = 5_000;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A repository that has whatever a brief names. */
const everyFile: Ports["baseFiles"] = {
  find: async (_, __, paths) => new Set(paths),
  list: async () => [],
  read: async () => undefined,
};

type ApproveWords = { words: string; by?: string; at?: string; commit?: string };

/** The recipes over fakes: a person acts, and the jobs that follow are worked off before the act returns. */
export class Office {
  readonly github = new FakeGitHub();
  readonly workshop = new FakeWorkshop(this.github);
  readonly store: Store;
  readonly ports: Ports;
  #deliveries = 0;
  #ticks: (() => Promise<void>)[] = [];

  constructor() {
    const clock = { now: () => new Date(Date.UTC(2026, 10, 21, 10, 0, this.#deliveries)) };
    this.store = openMemoryStore({ clock });
    const { github, workshop } = this;
    this.github.permissions.set("ada", "admin").set("rea", "read");
    this.ports = {
      ...{ clock, log: silent, events: openAttemptEvents(silent, this.store.broadcast) },
      policies: openPolicies({ files: github.files }),
      timer: { every: (_, action) => this.#watch(action) },
      ...this.store,
      ...{
        issues: github.issues,
        snapshots: github.snapshots,
        labels: github.labels,
        setUpOffers: github.setUpOffers,
        people: github.people,
        branches: github.branches,
      },
      ...{ pullRequests: github.pullRequests, checkRuns: github.checkRuns },
      ...{ protection: github.protection },
      ...{ artefacts: workshop.artefacts, worktrees: workshop.worktrees, objects: workshop.objects },
      baseFiles: everyFile,
      machine: { toolchains: async () => ({ Go: "1.19.8" }) },
      signer: fakeSigner(),
      secrets: openSecrets([]),
      ...{ sandbox: workshop.sandbox, agent: workshop.agent, setups: workshop.setups },
      ...{ testReports: workshop.testReports, traces: workshop.traces, dates: workshop.dates },
    };
  }

  /** Lets whatever looks again and again look now. */
  async tick(): Promise<void> {
    for (const action of this.#ticks) await action();
  }

  #watch(action: () => Promise<void>): () => void {
    this.#ticks.push(action);
    return () => {
      this.#ticks = this.#ticks.filter((one) => one !== action);
    };
  }

  /** Ada files the story's brief and labels it; the task as it is when all work is done. */
  async delegate({
    editedBy,
    ...fields
  }: {
    title?: string;
    body?: string;
    editedBy?: string;
  } = {}): Promise<Task> {
    const issue = { ...story, ...fields };
    const number = this.github.opensIssue("ada", { ...issue, labels: ["agent-task"] });
    if (editedBy)
      this.github.edits(editedBy, number, { body: issue.body, at: this.ports.clock.now().toISOString() });
    await this.#obey(() => this.accepts(number, issue));
    return this.task(number);
  }

  /** Ada's label on an issue is heard, and nothing is worked on yet. */
  async accepts(number: number, issue: { title: string; body: string } = story): Promise<void> {
    const labelled = { ...issue, number, author: "ada" };
    await accept({ ...this.#asked(), kind: "delegate", issue: labelled, label: "agent-task" }, this.ports);
  }

  /** Whose turn it is by now is worked on, to the end. */
  async works(): Promise<void> {
    await this.#obey(async () => undefined);
  }

  /** A person comments `/retry`. */
  async retry(task: Task, { words = "", by = "ada" } = {}): Promise<Task> {
    const on = await this.#comment(task.pullRequest ?? 0, by);
    await this.#obey(() =>
      correct({ ...this.#asked(), by, kind: "retry", on: { ...on, isPullRequest: true }, words }, this.ports),
    );
    return this.task(task.id.issueNumber);
  }

  /** Ada comments `/retry` on a pull request, whatever work may be under way. */
  async says(number: number, { words = "" } = {}): Promise<void> {
    const on = { ...(await this.#comment(number, "ada")), isPullRequest: true };
    await correct({ ...this.#asked(), kind: "retry", on, words }, this.ports);
  }

  /** A person comments `/approve`, just now or at another moment, in a comment or in a review of a commit. */
  async approve(
    task: Task,
    { words, by = "ada", at = this.ports.clock.now().toISOString(), ...of }: ApproveWords,
  ): Promise<Task> {
    const on = { ...(await this.#comment(task.pullRequest ?? 0, by)), at, ...of, isPullRequest: true };
    await approve({ ...this.#asked(), by, kind: "approve", on, words }, this.ports);
    return this.task(task.id.issueNumber);
  }

  /** Something happens to a pull request, and the service hears of it. */
  async hears(number: number, event: ReviewEvent): Promise<void> {
    const { repository } = this.github;
    await this.follows({ kind: "pull requests", repository, event, numbers: [number] });
  }

  /** The service hears news, and the jobs that follow are worked off. */
  async follows(news: ReviewNews): Promise<void> {
    await this.#obey(() => follow(news, this.ports));
  }

  /** Ada cancels on the issue, without waiting for work that may be under way. */
  async cancel(task: Task): Promise<void> {
    const on = await this.#comment(task.id.issueNumber, "ada");
    await cancel({ ...this.#asked(), kind: "cancel", on: { ...on, isPullRequest: false } }, this.ports);
  }

  /** Ada asks how it stands, on the issue. */
  async status(task: Task): Promise<void> {
    const on = await this.#comment(task.id.issueNumber, "ada");
    await refresh({ ...this.#asked(), kind: "status", on: { ...on, isPullRequest: false } }, this.ports);
  }

  /** Ada closes the pull request, without waiting for work that may be under way. */
  async close(pullRequest: number): Promise<void> {
    const pull = this.github.pulls.get(pullRequest);
    if (pull) pull.state = "closed";
    await close({ ...this.#asked(), kind: "close", pullRequest, merged: false }, this.ports);
  }

  async task(issueNumber: number): Promise<Task> {
    const [task] = await this.store.tasks.find({ repositoryId: this.github.repository.id, issueNumber });
    if (!task) throw new Error("there is no task");
    return task;
  }

  /** The comments of ours on an issue or pull request. */
  said(number: number): string[] {
    const comments = this.github.issueList.get(number)?.comments ?? [];
    return comments.filter(({ author }) => author === this.github.botLogin).map(({ body }) => body);
  }

  #asked() {
    this.#deliveries += 1;
    return {
      repository: this.github.repository,
      by: "ada",
      byId: 42,
      delivery: `delivery-${this.#deliveries}`,
    };
  }

  async #comment(number: number, by: string): Promise<{ number: number; comment: number }> {
    return { number, comment: this.github.comments(by, number, "a command") };
  }

  /** Acts, then works until nothing is left to do. */
  async #obey(act: () => Promise<void>): Promise<void> {
    await act();
    await schedule(this.ports, { look: true });
    const stop = await this.store.queue.work({
      concurrency: 1,
      handle: (job, context) => handleJob(job, context, this.ports),
    });
    const isIdle = async (): Promise<boolean> => {
      const live = await this.store.tasks.find({ live: true });
      return !live.some(needsJob);
    };
    for (let turns = 0; !(await isIdle()); turns++) {
      if (turns > mostTurns) throw new Error("the work never came to its end");
      await new Promise((resolve) => setImmediate(resolve));
    }
    await stop();
  }
}
