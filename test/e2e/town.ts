import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { systemClock } from "../../src/adapters/host/system-clock.ts";
import { openMemoryStore } from "../../src/adapters/store/memory/open-memory-store.ts";
import type { Store } from "../../src/adapters/store/store.ts";
import { files, issue } from "../../src/cli/demo/demo-story.ts";
import { configOf } from "../../src/cli/demo/open-road.ts";
import { type Service, startService } from "../../src/compose/service.ts";
import type { Config } from "../../src/config.ts";
import { Evidence } from "../../src/domain/evidence/evidence.ts";
import type { Exchange } from "../../src/double/exchange.ts";
import type { CheckRun, Issue, PullRequest } from "../../src/double/model.ts";
import type { Opened } from "../../src/double/person.ts";
import type { Script } from "../../src/double/script.ts";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { foundStore } from "../support/found-store.ts";
import { patienceMs } from "../support/patience.ts";

type Turn = Script["turns"][number];

/** A line of the service's log, as far as stories look at it. */
export type LogLine = {
  msg: string;
  step?: string;
  attempt?: number;
  task?: { issueNumber: number };
  delivery?: string;
};

/** A GitHub, a service on it, and the people who use both. */
export class Town {
  readonly double: CheckedDouble;
  readonly service: Service;
  readonly log: readonly LogLine[];
  /** Every request to the REST API and every line of the log, in the order in which they were. */
  readonly seen: readonly (Exchange | LogLine)[];
  readonly #directory: string;
  readonly #news: EventTarget;
  readonly #patienceMs: number;

  private constructor(parts: {
    double: CheckedDouble;
    service: Service;
    directory: string;
    news: EventTarget;
    log: LogLine[];
    seen: (Exchange | LogLine)[];
    patienceMs: number | undefined;
  }) {
    this.double = parts.double;
    this.service = parts.service;
    this.log = parts.log;
    this.seen = parts.seen;
    this.#directory = parts.directory;
    this.#news = parts.news;
    this.#patienceMs = parts.patienceMs ?? patienceMs;
  }

  /**
   * Starts all of it, with one scripted agent whose turns are chosen by what the task says, or with other agents. Its
   * store forgets: the embedded one makes this process so large that each git that it starts costs twice as much
   * (docs/adr/0030). The stories of lanes have the embedded store, and so have those of a town that is `onDisk`.
   */
  static async found(
    turns: Turn[],
    options: {
      drafts?: boolean;
      files?: Record<string, string>;
      agents?: Config["agents"];
      onDisk?: boolean;
      patienceMs?: number;
      questionMinutes?: number;
      /** What the service is given in place of the store that forgets. */
      store?: (store: Store) => Store;
      overlap?: "hold" | "allow";
    } = {},
  ): Promise<Town> {
    const directory = await mkdtemp(join(tmpdir(), "drafthorse-town-"));
    const news = new EventTarget();
    const tell = (): void => void news.dispatchEvent(new Event("news"));
    const seen: (Exchange | LogLine)[] = [];
    const observe = (exchange: Exchange): void => {
      seen.push(exchange);
      tell();
    };
    const double = await startCheckedDouble({ directory: join(directory, "github"), observe });
    const dataDir = join(directory, "data");
    if (options.onDisk) await foundStore(dataDir);
    const command = await writeAgent(directory, turns);
    const scripted = configOf(double, { dataDir, command });
    // What is asked of a published change would only compete with the next story.
    const limits = { questionMinutes: options.questionMinutes ?? 0, concurrent: 64, openPullRequests: 1_000 };
    // The stories of a town share its repository, and each is told without waiting for the pull requests of the others.
    const operator = { defaults: { limits, overlap: options.overlap ?? "allow" } } as const;
    // All stories of a town are one installation, whose eighty writes a minute they would wait for.
    const github = { ...scripted.github, writeLimits: "none" as const };
    const config = { ...scripted, github, operator, agents: options.agents ?? scripted.agents };
    const log: LogLine[] = [];
    const logger = pino(
      { level: "info" },
      {
        write: (line) => {
          const said: LogLine = JSON.parse(line);
          log.push(said);
          seen.push(said);
          tell();
        },
      },
    );
    const service = options.onDisk
      ? await startService(config, logger)
      : await startService(config, logger, async () => {
          const store = openMemoryStore({ clock: systemClock });
          return options.store?.(store) ?? store;
        });
    double.github.sendWebhooksTo(`${service.url}/api/github/webhooks`);
    await double.github.createRepository({
      ...{ owner: "acme", name: "shop", files: { ...files, ...options.files } },
      collaborators: { ada: "admin", wil: "write", tom: "triage", rea: "read" },
      drafts: options.drafts ?? true,
    });
    return new Town({ double, service, directory, news, log, seen, patienceMs: options.patienceMs });
  }

  readonly repository = "acme/shop";

  /** Where the service keeps all that it keeps. */
  get dataDir(): string {
    return join(this.#directory, "data");
  }

  /** Ada files a brief and labels it. Its tests are run without npm, which takes longer to start than they do. */
  async delegate(fields: { title: string; body?: string; by?: string }): Promise<Opened> {
    const body = (fields.body ?? issue.body).replace("\nnpm test\n", "\nnode --test\n");
    const filed = { title: fields.title, body };
    const opened = await this.double.github.as("ada").opensIssue(this.repository, filed);
    await this.double.github.as(fields.by ?? "ada").labels(opened, "agent-task");
    return opened;
  }

  issue(at: Opened): Issue {
    return this.double.github.issue(at);
  }

  /** The status comment of an issue; throws if there is more than one. */
  status(at: Opened): string {
    const ours = this.issue(at).comments.filter(({ body }) => body.includes("<!-- drafthorse:status"));
    if (ours.length > 1) throw new Error(`${ours.length} status comments`);
    return ours[0]?.body ?? "";
  }

  /** Waits until the status comment says so. */
  async sees(at: Opened, words: string | RegExp): Promise<string> {
    const says = (): boolean => new RegExp(words).test(this.status(at));
    await this.until(says, () => `the comment never said ${words}:\n${this.status(at)}`);
    await this.double.github.settled();
    return this.status(at);
  }

  /** Waits until the service has handled every delivery that reached it. */
  async handled(): Promise<void> {
    const { github } = this.double;
    const waiting = (): string[] =>
      github
        .deliveries()
        .filter(({ status_code }) => status_code < 300)
        .map(({ guid }) => guid)
        .filter(
          (guid) => !this.log.some((line) => line.msg === "delivery handled" && line.delivery === guid),
        );
    do {
      await github.settled();
      await this.until(
        () => waiting().length === 0,
        () => `deliveries were never handled: ${waiting()}`,
      );
      await github.settled();
    } while (waiting().length > 0);
  }

  /** Waits until a condition holds, looking again at each request, answer and log line. */
  async until(holds: () => boolean, otherwise: () => string): Promise<void> {
    const end = Date.now() + this.#patienceMs;
    const late = setTimeout(() => this.#news.dispatchEvent(new Event("news")), this.#patienceMs);
    try {
      while (!holds()) {
        if (Date.now() >= end) throw new Error(otherwise());
        await new Promise((resolve) => this.#news.addEventListener("news", resolve, { once: true }));
      }
    } finally {
      clearTimeout(late);
    }
  }

  /** The pull request that closes an issue. */
  pull(at: Opened): PullRequest {
    const found = this.double.github
      .pullRequests(this.repository)
      .filter(({ body }) => body?.includes(`Closes #${at.number}\n`));
    if (found.length !== 1 || !found[0]?.pull) throw new Error(`${found.length} pull requests`);
    return found[0] as PullRequest;
  }

  /** The check run of ours with this name on the head, as it is now. */
  checkRun(pull: PullRequest, name = "drafthorse/validation"): CheckRun | undefined {
    return this.double.github
      .repository(this.repository)
      .checkRuns.find((run) => run.headSha === pull.pull.headSha && run.name === name);
  }

  /** The evidence as the check run carries it. */
  evidence(pull: PullRequest): Evidence {
    const json = /### evidence\.json\s+(`{3,})\w*\n(?<json>.*?)\n\1/s.exec(this.checkRun(pull)?.text ?? "");
    return Evidence.parse(JSON.parse(json?.groups?.json ?? "null"));
  }

  async close(): Promise<void> {
    await this.service.stop();
    await this.double.close();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

async function writeAgent(directory: string, turns: Turn[]): Promise<string> {
  const file = join(directory, "script.json");
  await writeFile(file, JSON.stringify({ name: "scripted", version: "1", turns } satisfies Script));
  const agent = fileURLToPath(new URL("../../src/double/scripted-agent.js", import.meta.url));
  return [process.execPath, agent, file].map((word) => `'${word}'`).join(" ");
}
