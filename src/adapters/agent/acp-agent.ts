import { basename } from "node:path";
import type { AgentReport } from "../../domain/evidence/evidence.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Agent, AgentOrder, TreeBound } from "../../ports/workshop.ts";
import { within } from "../host/within.ts";
import type { StopReason } from "./agent-answers.ts";
import { type AgentSetup, confine } from "./agent-setup.ts";
import { type AgentEnding, stoppedBy } from "./ending.ts";
import { judgeFault } from "./judge-fault.ts";
import { locateProgram } from "./locate-program.ts";
import { type Conversation, openConversation } from "./open-conversation.ts";
import { type AgentIdentity, type Opened, openSession } from "./open-session.ts";
import { openTimeline, type Timeline } from "./timeline.ts";
import { type WorkWatch, watchWork } from "./watch-work.ts";

/** How much of such words is quoted, in characters. */
const maxLament = 200;

type AgentWork = {
  order: AgentOrder;
  conversation: Conversation;
  watch: WorkWatch;
  setup: AgentSetup;
  timeline: Timeline;
  /** The bound for which the whole tree was killed; undefined if it ended without. */
  met: Promise<TreeBound | undefined>;
};
type PromptOutcome = { identity: AgentIdentity; ending: AgentEnding; model: string | null };

/** How the protocol says that a turn ended, in our words. */
const endings = {
  end_turn: { outcome: "finished", cause: "the agent ended its turn" },
  refusal: { outcome: "failed", cause: "the agent refused to go on (refusal)" },
  max_tokens: { outcome: "failed", cause: "the agent ran out of tokens (max_tokens)" },
  max_turn_requests: {
    outcome: "failed",
    cause: "the agent used up its model requests for a turn (max_turn_requests)",
  },
  cancelled: { outcome: "cancelled", cause: "the agent reports that it was cancelled" },
} satisfies Record<StopReason, AgentEnding>;

/** An agent that speaks ACP over stdio, started anew in a sandbox for each leg of work. */
export function acpAgent(setup: AgentSetup, argv: string[]): Pick<Agent, "work"> {
  const unknown = { name: basename(argv[0] ?? ""), version: null };
  return {
    async work(order, signal) {
      const startedAt = setup.clock.now().getTime();
      const watch = watchWork({ bounds: order.bounds, gauge: setup.gauge }, signal);
      const spent = (usd: number): void => {
        watch.spent(usd);
        order.spent?.(usd);
      };
      const timeline = openTimeline({ note: order.note, spent });
      try {
        const done = signal.aborted
          ? { identity: unknown, ending: stoppedBy("cancel", order.bounds), model: null }
          : await runConversation({ setup, argv, order, watch, timeline, unknown });
        return {
          ...done.identity,
          model: timeline.model() ?? done.model,
          ...done.ending,
          summary: timeline.summary(),
          costUsd: timeline.costUsd(),
          turns: null,
          durationMs: Math.max(0, setup.clock.now().getTime() - startedAt),
          sandbox: setup.sandbox.kind,
        } satisfies AgentReport;
      } finally {
        watch.end();
      }
    },
  };
}

async function runConversation(job: {
  setup: AgentSetup;
  argv: string[];
  order: AgentOrder;
  watch: WorkWatch;
  timeline: Timeline;
  unknown: AgentIdentity;
}): Promise<PromptOutcome> {
  const { setup, order, timeline, watch } = job;
  const program = await locateProgram(job.argv, setup.environment.PATH);
  const dialogue = await setup.sandbox.talk(confine({ setup, order, program }), order.bounds);
  watch.heard();
  const met = dialogue.ended.then((end) => end.met);
  const places = [order.worktree.directory, order.worktree.home];
  const conversation = openConversation({ dialogue, timeline, places, onBytes: watch.heard });
  try {
    return await converse({ order, conversation, watch, setup, timeline, met }, job.unknown);
  } finally {
    await dialogue.stop();
    conversation.close();
    timeline.close();
  }
}

async function converse(work: AgentWork, unknown: AgentIdentity): Promise<PromptOutcome> {
  const opened = await Promise.race([openSession(work), endingByBound(work)]);
  if ("outcome" in opened) return { identity: unknown, ending: opened, model: null };
  if ("unavailable" in opened)
    throw new Failure(
      "agent-unavailable",
      `The agent "${unknown.name}" could not be put to work: ${opened.unavailable}. ` +
        "Check its log-in and that AGENT names a command that speaks ACP over stdio.",
    );
  await work.order.opened({ agent: work.setup.name, id: opened.session });
  const ending = await takeTurn(work, opened);
  return { identity: opened.identity ?? unknown, ending, model: opened.model };
}

/** The ending that we put to the work, once one of its bounds is met. */
async function endingByBound({
  watch,
  order,
  met,
}: Pick<AgentWork, "watch" | "order" | "met">): Promise<AgentEnding> {
  return stoppedBy(await Promise.race([watch.met, only(met)]), order.bounds);
}

/** The bound, once there is one; a tree that ends without tells nothing here. */
function only(met: Promise<TreeBound | undefined>): Promise<TreeBound> {
  return new Promise((resolve) => void met.then((bound) => bound && resolve(bound)));
}

/** One turn to its end. The first cause wins; near the end of time, money or turns the agent is told once to wrap up. */
async function takeTurn(
  work: AgentWork,
  opened: Exclude<Opened, { unavailable: string }>,
): Promise<AgentEnding> {
  const { order, watch } = work;
  const { session } = opened;
  const turn = promptOnce(work, {
    session,
    text: opened.isResumed ? order.prompt.resumed : order.prompt.anew,
  });
  const ours = endingByBound(work);
  const first = await Promise.race([turn, ours, watch.nearing]);
  const last = first ? turn : wrapUp(work, { session, turn, ours });
  const ending = first ?? (await Promise.race([last, ours]));
  if (ending === (await Promise.race([ours, undefined]))) await stopTurn(work, { session, turn: last });
  return ending;
}

type Running = { session: string; turn: Promise<AgentEnding> };

/**
 * A cancel and a new prompt: what a second prompt does during a turn is not the same in any two agents, while a cancel
 * is the protocol's own. An agent that does not hear it goes on until its bound.
 */
async function wrapUp(
  work: AgentWork,
  { session, turn, ours }: Running & { ours: Promise<AgentEnding> },
): Promise<AgentEnding> {
  const { conversation, order, setup, timeline } = work;
  timeline.did({ kind: "agent", text: order.prompt.wrapUp.trim() });
  conversation.cancel(session);
  const heard = await Promise.race([within(setup.patience.graceMs, turn), ours]);
  if (heard === undefined) return turn;
  return heard.outcome === "cancelled" ? promptOnce(work, { session, text: order.prompt.wrapUp }) : heard;
}

/** After an end of ours the agent has a moment to finish its edits. */
async function stopTurn({ conversation, setup }: AgentWork, { session, turn }: Running): Promise<void> {
  conversation.cancel(session);
  await within(
    setup.patience.graceMs,
    turn.catch(() => undefined),
  );
}

/** Prompts once. An agent that is out of quota, log-in or capacity is not at fault, and its work may go on later. */
async function promptOnce(
  { conversation, order, setup, timeline, met }: AgentWork,
  { session, text }: { session: string; text: string },
): Promise<AgentEnding> {
  const unavailable = (what: string): Failure =>
    new Failure("agent-unavailable", `The agent "${setup.name}" met its ${what}.`);
  try {
    const ending: AgentEnding = endings[await conversation.prompt(session, text)];
    const lament = setup.manners.lament?.exec(timeline.summary())?.[0].trim();
    if (lament) throw unavailable(`quota or capacity: ${lament.slice(0, maxLament)}`);
    return ending;
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    const cause = await conversation.explain(thrown);
    // A tree that was killed at a bound breaks off its turn, mostly before we hear of the bound.
    const bound = await within(setup.patience.graceMs, met);
    if (bound) return stoppedBy(bound, order.bounds);
    const fault = judgeFault(thrown);
    if (fault) throw unavailable(`${fault}: ${cause}`);
    return { outcome: "failed", cause };
  }
}
