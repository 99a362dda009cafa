import { join } from "node:path";
import { openGitHub } from "../adapters/github/open-github.ts";
import { openAttemptEvents } from "../adapters/host/open-attempt-events.ts";
import { systemClock } from "../adapters/host/system-clock.ts";
import { systemTimer } from "../adapters/host/system-timer.ts";
import type { KnownSecrets } from "../adapters/secrets/open-secrets.ts";
import { noSigner } from "../adapters/signing/no-signer.ts";
import { openMemoryStore } from "../adapters/store/memory/open-memory-store.ts";
import type { Config } from "../config.ts";
import type { Base } from "../domain/evidence/change.ts";
import { baseBranch } from "../domain/rules/policy.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import type { Brief } from "../domain/task/brief.ts";
import { Failure } from "../domain/task/failure.ts";
import type { Repository } from "../domain/task/task.ts";
import { newTask } from "../intake/enter-task.ts";
import { guessSetup } from "../policy/guess-setup.ts";
import { openPolicies } from "../policy/open-policies.ts";
import type { TrialExam } from "../ports/doctor.ts";
import type { Log, Ports } from "../ports.ts";
import { outcomeOf } from "../proof/run/outcome-of.ts";
import { describeTrial, tryBase } from "../proof/try-base.ts";
import { gitHubAccess, gitHubRemote } from "./github-access.ts";
import { openWorkshop } from "./runner.ts";

type TrialParts = { directory: () => Promise<string>; secrets: KnownSecrets; log: Log };

/** Runs set-up and a command on the base of a repository, in a sandbox and a directory of its own, as an attempt begins. */
export async function tryCommand(
  { command, repository }: { command: string; repository: Repository },
  config: Config,
  parts: TrialParts,
): Promise<TrialExam> {
  const ports = await openTrialPorts(config, parts);
  try {
    const task = await taskFor({ command, repository }, ports);
    const series = await tryBase(task, { base: task.base, signal: new AbortController().signal }, ports);
    const setup = task.guessed ? ` after the guessed set-up \`${task.guessed.setup.run}\`` : "";
    const isGreen = outcomeOf(series) === "green";
    return { isGreen, line: `\`${command}\` on the base is ${describeTrial(series) || series.why}${setup}` };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return { why: thrown.message };
  } finally {
    await ports.queue.close();
  }
}

/** The task of an issue that nobody wrote: no more than the command and the set-up that acceptance would have found. */
async function taskFor(
  { command, repository }: { command: string; repository: Repository },
  ports: Ports,
): Promise<AcceptedTask & { base: Base }> {
  const policy = await ports.policies.of(repository);
  const branch = baseBranch({}, { policy, repository });
  const fetched = await ports.worktrees.fetch(repository, branch);
  if (fetched === "missing") throw new Failure("brief", `the repository has no branch ${branch}`);
  const submodules = await ports.worktrees.submodules(repository, fetched);
  const base = submodules.length > 0 ? { ...fetched, submodules } : fetched;
  const brief = briefOf(command);
  const { guessed } =
    policy.setup === undefined ? await guessSetup({ repository, base, brief }, ports.baseFiles) : {};
  const issue = { number: 1, title: "Try a command", author: "doctor", body: "" };
  const asked = { repository, by: "doctor", byId: 0, delivery: "doctor", label: policy.label };
  const task = newTask({ ...asked, kind: "delegate", issue }, 1, ports.clock.now().toISOString());
  const attempt = { number: 1, askedBy: "doctor", askedById: 0, askedIn: "doctor", starts: 1, base };
  return { ...task, base, attempts: [attempt], brief: { brief, sha256: "" }, ...(guessed && { guessed }) };
}

function briefOf(validation: string): Brief {
  return {
    ...{ goal: "Try the validation command on the base", nonGoals: ["Anything else"], validation },
    ...{ doneWhen: [{ id: "AC-1", text: "The command runs" }], kind: "other", budget: {} },
    ...{ scope: [], constraints: [], dependencies: [], dependsOn: [] },
    boundary: { reviewers: [], ask: [], never: [] },
  };
}

async function openTrialPorts(config: Config, { directory, secrets, log }: TrialParts): Promise<Ports> {
  const {
    fetchToken,
    files,
    app: _,
    ...github
  } = openGitHub({
    ...gitHubAccess(config),
    ...{ log, minted: secrets.learn },
  });
  const workshop = await openWorkshop({
    ...{ ...config, directory: join(await directory(), "trial"), secrets, log },
    remote: gitHubRemote(config, { fetchToken }),
  });
  // Nothing of a trial asks for the languages of this machine, and to look for them starts programs.
  const machine = { toolchains: async () => ({}) };
  const policies = openPolicies({ files, operator: config.operator });
  const store = openMemoryStore({ clock: systemClock });
  const events = openAttemptEvents(log, store.broadcast);
  const common = { clock: systemClock, timer: systemTimer, log, events, policies, machine };
  return { ...common, ...store, ...github, ...workshop, signer: noSigner };
}
