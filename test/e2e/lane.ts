import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openDirectoryArtefacts } from "../../src/adapters/artefacts/directory-artefacts.ts";
import type { Opened } from "../../src/double/person.ts";
import type { IssueRef } from "../../src/double/places.ts";
import type { DoubleOptions } from "../../src/double/start-double.ts";
import type { Artefacts } from "../../src/ports/store.ts";
import { type CheckedDouble, startCheckedDouble } from "../openapi/recorder.ts";
import { foundStore } from "../support/found-store.ts";
import { eventually } from "../support/processes.ts";
import { type LogLine, type ServiceProcess, serviceProcess } from "../support/service-process.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { agent, files, halfWayMark, issue } from "./story.ts";

/** A GitHub that outlives the service, and a service on one data directory that is killed and started again. */
export type Lane = {
  double: CheckedDouble;
  dataDir: string;
  artefacts: Pick<Artefacts, "read">;
  /** The environment of a service here; other values win over it. */
  environment(other?: Record<string, string>): Record<string, string>;
  /** The process that runs now. */
  service(): ServiceProcess;
  /** Starts a service, waits until it is ready, and sends it the webhooks from now on if it takes any. */
  start(other?: Record<string, string>): Promise<ServiceProcess>;
  close(): Promise<void>;
};

/**
 * How a lane differs from others: the script of its agent, and for how many minutes may be asked of a published change; by
 * itself not at all, for that would only compete with the next story.
 */
type LaneOptions = Pick<DoubleOptions, "clock"> & { script?: string; questionMinutes?: number };

/** Opens a lane; nothing runs in it but the double. */
export async function openLane(
  settings: Record<string, string> = {},
  { script = agent, questionMinutes = 0, ...options }: LaneOptions = {},
): Promise<Lane> {
  const { directory, remove } = await temporaryDirectory();
  const double = await startCheckedDouble(options);
  const dataDir = join(directory, "data");
  await foundStore(dataDir);
  await writeFile(join(directory, "agent.sh"), script);
  await writeFile(
    join(directory, "operator.yml"),
    `defaults: { limits: { questionMinutes: ${questionMinutes} } }\n`,
  );
  const services: ServiceProcess[] = [];
  const service = (): ServiceProcess => {
    const last = services.at(-1);
    if (!last) throw new Error("nothing was started");
    return last;
  };
  const environment = (other: Record<string, string> = {}): Record<string, string> => ({
    APP_ID: String(double.app.id),
    PRIVATE_KEY: double.app.privateKey,
    WEBHOOK_SECRET: double.app.webhookSecret,
    GITHUB_API_URL: double.url,
    GITHUB_SERVER_URL: double.url,
    DATA_DIR: dataDir,
    AGENT: `exec:sh ${join(directory, "agent.sh")}`,
    DRAFTHORSE_CONFIG: join(directory, "operator.yml"),
    PORT: "0",
    ...settings,
    ...other,
  });
  return {
    double,
    dataDir,
    artefacts: openDirectoryArtefacts(dataDir),
    environment,
    service,
    start: async (other) => {
      const started = serviceProcess(environment(other));
      services.push(started);
      const url = await started.ready();
      if (url) double.github.sendWebhooksTo(`${url}/api/github/webhooks`);
      return started;
    },
    close: async () => {
      await Promise.all(services.map((one) => one.kill("SIGKILL")));
      await double.close();
      await remove();
    },
  };
}

/** An issue of a lane's double in a repository of its own, and where what comes of it is found. */
export type Delegated = Opened & { repositoryId: number };

/** Makes a repository with one issue; every repository has an owner, and so an installation, of its own. */
export async function openIssue(
  { double }: Lane,
  owner: string,
  goal = "",
  installed = true,
): Promise<Delegated> {
  const repository = await double.github.createRepository({
    ...{ owner, installed },
    name: "answers",
    files,
    collaborators: { ada: "admin" },
  });
  const opened = await double.github.as("ada").opensIssue(repository, issue(goal));
  return { ...opened, repositoryId: double.github.repository(repository).id };
}

/** Labels an issue, as the person who delegates it. */
export async function label({ double }: Lane, at: IssueRef): Promise<void> {
  await double.github.as("ada").labels(at, "agent-task");
}

/** Whether a line of the log speaks of the end of an attempt. */
export function ends({ repositoryId }: Delegated, attempt: number): (line: LogLine) => boolean {
  return (line) =>
    line.msg === "attempt ended" && line.attempt === attempt && repositoryOf(line) === repositoryId;
}

/** The repository of the task that a line speaks of. */
export function repositoryOf({ task }: LogLine): number | undefined {
  return (task as { repositoryId?: number } | undefined)?.repositoryId;
}

/** Waits until the agent of an attempt has stopped half-way. */
export async function untilHalfWay(lane: Lane, task: Delegated, attempt: number): Promise<void> {
  const key = `task-${task.repositoryId}-${task.number}-1-attempt-${attempt}`;
  const mark = join(lane.dataDir, "attempts", key, "work", halfWayMark);
  await eventually(`the file ${mark}`, () => existsSync(mark));
}
