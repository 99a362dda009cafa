import { pino } from "pino";
import { systemClock } from "../../adapters/host/system-clock.ts";
import { within } from "../../adapters/host/within.ts";
import { localFiles } from "../../adapters/local/local-files.ts";
import { openLocalGitHub } from "../../adapters/local/open-local-github.ts";
import { hasBranch, type LocalRepository } from "../../adapters/local/open-repository.ts";
import { originOf } from "../../adapters/local/origin-of.ts";
import { openSecrets } from "../../adapters/secrets/open-secrets.ts";
import { noSigner } from "../../adapters/signing/no-signer.ts";
import { openMemoryStore } from "../../adapters/store/memory/open-memory-store.ts";
import { openWorkshop, type Workshop } from "../../compose/runner.ts";
import { agentSecrets } from "../../compose/secrets-of.ts";
import { commonPorts, startWork } from "../../compose/service.ts";
import { type LocalConfig, readEnvironment, readLocalConfig } from "../../config.ts";
import { proxySecrets } from "../../domain/host/network-proxies.ts";
import { Failure } from "../../domain/task/failure.ts";
import { isLabel } from "../../domain/task/is-label.ts";
import { awaitsQuestions } from "../../domain/task/lease.ts";
import type { Task } from "../../domain/task/task.ts";
import { branchOf } from "../../domain/task/task-id.ts";
import { accept } from "../../pipeline/accept.ts";
import { schedule } from "../../pipeline/schedule.ts";
import type { Ports } from "../../ports.ts";
import { UsageError } from "../usage-error.ts";
import { beforeExit } from "./before-exit.ts";
import { keepFiles } from "./keep-files.ts";
import type { Happening } from "./narrate.ts";
import type { BriefText, GivenRun } from "./read-given-run.ts";

/** What a local run came to: the task, and the files that were written for people. */
export type LocalResult = { task: Task; kept: string[] };

/** What a local run is given; `directory` is for its own work and may be thrown away afterwards. */
export type LocalOrder = {
  given: GivenRun;
  out: string;
  agent?: string;
  directory: string;
  tell: (happening: Happening) => void;
};

/** Who asks where nobody is named: the person at the terminal. */
const alone = { by: "you", byId: 0, author: "you", delivery: "local" };

/** Takes a brief through the App's recipes, with a local repository in GitHub's place and a store that forgets. */
export async function workOn(order: LocalOrder): Promise<LocalResult> {
  const { text, local, asked: asker } = order.given;
  const issueNumber = asker?.number ?? (await freeNumber(text.title, local));
  const [ended, asked] = [moment(), moment()];
  const last: { failure?: string } = {};
  const ports = await openLocalPorts(order, { local, text, issueNumber, author: asker?.author });
  ports.events.listen((event) => {
    if (event.kind === "attempt interrupted") last.failure = event.failure.cause;
    if (event.kind === "attempt ended") ended.come();
    if (event.kind === "questions asked") asked.come();
    order.tell(event);
  });
  if (ports.sandbox.kind === "none") order.tell({ kind: "not sandboxed", why: ports.sandbox.describe() });
  const stop = await startWork(ports, 1);
  try {
    await delegate(order.given, issueNumber, ports);
    const { state } = await takenIn(local, issueNumber, ports);
    if (state !== "incomplete" && state !== "held") await beforeExit(ended.came, () => gaveUp(last.failure));
    const proposed = await takenIn(local, issueNumber, ports);
    if (awaitsQuestions(proposed)) await within(await questionsMs(proposed, ports), asked.came);
    const task = await takenIn(local, issueNumber, ports);
    return { task, kept: await keepFiles(task, order, ports) };
  } finally {
    await stop();
    await ports.queue.close();
  }
}

/** The error of an attempt whose end never came, after each try of it had failed. */
function gaveUp(cause = "nobody knows why"): Failure {
  return new Failure("bug", `The attempt was given up and could not say so: ${cause}`);
}

/** What the time for questions cannot exceed, with a minute for the last of them. */
async function questionsMs(task: Task, { policies }: Ports): Promise<number> {
  return ((await policies.of(task.repository)).limits.questionMinutes + 1) * 60_000;
}

/** Something that comes once. */
function moment(): { came: Promise<void>; come: () => void } {
  const ending: { resolve?: () => void } = {};
  const came = new Promise<void>((resolve) => {
    ending.resolve = resolve;
  });
  return { came, come: () => ending.resolve?.() };
}

/**
 * The number of the issue that this run stands for: the first one whose branch is free. A brief may be run again, and the
 * branch of an earlier run, or of a person, is neither moved nor lost.
 */
async function freeNumber(title: string, { gitDir, repository }: LocalRepository): Promise<number> {
  for (let issueNumber = 1; ; issueNumber++) {
    const branch = branchOf({ repositoryId: repository.id, issueNumber, round: 1 }, title);
    if (!(await hasBranch(gitDir, branch))) return issueNumber;
  }
}

type LocalIssue = {
  local: LocalRepository;
  text: BriefText;
  issueNumber?: number;
  author?: string | undefined;
};

/** The ports of a local run: a repository in GitHub's place, and a store that forgets. */
export async function openLocalPorts(
  { directory, out, agent }: Omit<LocalOrder, "given" | "tell">,
  { local, text, issueNumber, author = "you" }: LocalIssue,
): Promise<Ports & Workshop> {
  const config = localConfig(agent);
  const log = pino({ level: "silent" });
  const secrets = openSecrets([
    ...agentSecrets(config.agents),
    ...config.egress.secrets,
    ...proxySecrets(config.proxies),
  ]);
  const origin = await originOf(local.gitDir);
  const remote = async () => ({ url: local.gitDir, local: true, origin });
  const workshop = await openWorkshop({ ...config, directory, secrets, remote, log });
  const files = localFiles(local.gitDir);
  const store = openMemoryStore({ clock: systemClock });
  const { broadcast } = store;
  const common = commonPorts(log, { files, operator: config.operator, broadcast });
  const { label } = (await common.policies.read(local.repository)).policy;
  const issue = { ...text, author, open: true, labels: [label] };
  const github = openLocalGitHub({
    gitDir: local.gitDir,
    directory: out,
    issue,
    issueNumber,
    artefacts: workshop.artefacts,
    files,
  });
  return { ...common, ...store, ...github, ...workshop, signer: noSigner };
}

/** Each problem of the settings stands in a line of its own, with its repair. */
function localConfig(agent: string | undefined): LocalConfig {
  try {
    return readLocalConfig({ ...readEnvironment(), ...(agent && { AGENT: agent }) });
  } catch (error) {
    throw error instanceof Error ? new UsageError(error.message, { cause: error }) : error;
  }
}

async function delegate({ local, text, asked }: GivenRun, number: number, ports: Ports): Promise<void> {
  const { repository } = local;
  const { label } = (await ports.policies.read(repository)).policy;
  if (asked && !isLabel(asked.label, label))
    throw new UsageError(
      `The delivery is of the label ${asked.label}, and this repository's is ${label}. Nothing came of it.`,
    );
  const { by, byId, delivery, author } = asked ?? alone;
  const issue = { ...text, number, author };
  await accept({ repository, by, byId, delivery, kind: "delegate", issue, label }, ports);
  await schedule(ports);
}

async function takenIn({ repository }: LocalRepository, issueNumber: number, ports: Ports): Promise<Task> {
  const [task] = await ports.tasks.find({ repositoryId: repository.id, issueNumber });
  if (!task) throw new Error("the brief was not taken in");
  return task;
}
