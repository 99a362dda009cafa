import { join } from "node:path";
import type { Base } from "../domain/evidence/change.ts";
import type { Registries } from "../domain/host/registries.ts";
import { treeBounds } from "../domain/rules/limits.ts";
import { limitsFor } from "../domain/rules/policy.ts";
import { type AcceptedTask, presentAttempt } from "../domain/task/accepted-task.ts";
import { setupOf } from "../domain/task/setup-of.ts";
import { type Attempt, attemptNumber, type Leg } from "../domain/task/task.ts";
import { attemptKey, taskKey } from "../domain/task/task-id.ts";
import type { AgentPrompt, AgentSession } from "../ports/workshop.ts";
import type { Ports } from "../ports.ts";
import { agentsFor } from "./agents-for.ts";
import { leftOf } from "./judge-leg.ts";
import { keepTimeline } from "./keep-timeline.ts";
import { renderInterruption, renderRepair, renderWrapUp } from "./render-next-prompt.ts";
import { renderTaskFile } from "./render-task-file.ts";
import type { setUp } from "./set-up.ts";

/** Where the agent finds its task, below the worktree; the folder is never part of the change. */
const taskFile = ".drafthorse/TASK.md";

/** Where a leg begins: its base, who is told of the agent's conversation, and what stops it. */
export type LegOrder = {
  base: Base;
  /** What set-up made of the base; undefined where there is none. */
  prepared: Awaited<ReturnType<typeof setUp>>;
  opened: (session: AgentSession) => Promise<void>;
  signal: AbortSignal;
};

/** Lets the agent work one leg in its worktree within its bounds, then reads what it left as a change. */
export async function work(
  task: AcceptedTask,
  { base, prepared, opened, signal }: LegOrder,
  ports: Pick<Ports, "timer" | "events" | "policies" | "artefacts" | "worktrees" | "agent" | "setups">,
): Promise<Leg> {
  const { repository, brief } = task;
  const attempt = presentAttempt(task);
  const key = attemptKey(task.id, attempt.number);
  const artefact = `${taskKey(task.id)}/`;
  const suffix = suffixOf(attempt);
  const registries = await registriesFor(task, base, ports);
  const text = taskText(task, { attempt, base, registries: registries?.hosts ?? [] });
  const policy = await ports.policies.of(repository);
  const limits = limitsFor(brief.brief, policy);
  const left = leftOf(attempt.legs ?? [], limits);
  const notes = { [taskFile]: text };
  const excluded = prepared?.exclude ?? [];
  const place = await ports.worktrees.open({
    ...{ repository, base, key, notes, excluded },
    left: attempt.legs?.at(-1)?.change,
  });
  await prepared?.furnish(place);
  const programs = (prepared?.programs ?? []).map((path) => join(place.directory, path));
  const worktree = { ...place, programs };
  const timeline = keepTimeline(task, ports);
  const { note, spent } = timeline;
  const order = {
    agents: agentsFor(brief.brief, policy),
    ...{ worktree, taskFile, opened, note, spent },
    prompt: promptOf(text, attempt),
    session: attempt.session ?? null,
    bounds: {
      ...{ totalMs: left.ms, silenceMs: policy.limits.silenceMinutes * 60_000 },
      ...{ usd: left.usd, turns: left.turns },
      ...treeBounds(limits),
    },
    ...(registries && { registries }),
    isMetered: brief.brief.budget.usd !== undefined,
  };
  const agent = await ports.agent.work(order, signal).finally(timeline.end);
  await ports.artefacts.write(`${artefact}timeline-${suffix}.jsonl`, timeline.text());
  const pack = `${artefact}change-${suffix}.pack`;
  return { agent, change: await ports.worktrees.capture({ repository, base, key, pack }) };
}

/** Artefacts are never written over, so that those of a repair have names of their own. */
function suffixOf({ number, legs = [] }: Attempt): string {
  return legs.length === 0 ? String(number) : `${number}-repair-${legs.length}`;
}

function taskText(
  { issue, id, brief }: AcceptedTask,
  { attempt: { feedback }, base, registries }: { attempt: Attempt; base: Base; registries: string[] },
): string {
  const { submodules = [] } = base;
  return renderTaskFile({
    title: issue.title,
    number: id.issueNumber,
    brief: brief.brief,
    feedback,
    ...{ submodules, registries },
  });
}

async function registriesFor(
  task: AcceptedTask,
  base: Base,
  ports: Pick<Ports, "policies" | "setups">,
): Promise<Registries | undefined> {
  const { repository, id, brief } = task;
  const setup = setupOf(task, await ports.policies.of(repository, brief.brief.scope));
  const key = attemptKey(id, attemptNumber(task));
  return ports.setups.registries({ repository, base, key, brief: brief.brief, setup });
}

/** An agent that forgot the conversation is told the task again, and then what the other one is told alone. */
function promptOf(text: string, { legs = [], session }: Attempt): AgentPrompt {
  const red = legs.at(-1)?.validation;
  const resumed = red ? renderRepair(red) : renderInterruption();
  const anew = red || session ? `${text}\n${resumed}` : text;
  return { anew, resumed, wrapUp: renderWrapUp() };
}
