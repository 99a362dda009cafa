import { basename } from "node:path";
import { PROTOCOL_VERSION } from "@agentclientprotocol/sdk";
import type { AgentReport } from "../../domain/evidence.ts";
import { Failure } from "../../domain/failure.ts";
import type { Agent, AgentOrder, TreeBound } from "../../ports/workshop.ts";
import { type Watch, watchBounds } from "../watch-bounds.ts";
import { within } from "../within.ts";
import { type AgentSetup, confine } from "./agent-setup.ts";
import { headOf } from "./cut-text.ts";
import { type Ending, stoppedBy } from "./ending.ts";
import { locateProgram } from "./locate-program.ts";
import { type Conversation, openConversation, type StopReason } from "./open-conversation.ts";
import { openTimeline, type Timeline } from "./timeline.ts";

/** How much of the name and version that an agent gives itself is kept, in bytes. */
const maxNameBytes = 100;

type Identity = Pick<AgentReport, "name" | "version">;
type Work = {
  order: AgentOrder;
  conversation: Conversation;
  watch: Watch;
  setup: AgentSetup;
  met: Promise<TreeBound | undefined>;
};
type Greeting = { identity: Identity; session: string };
type Outcome = { identity: Identity; ending: Ending };

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
} satisfies Record<StopReason, Ending>;

/** An agent that speaks ACP over stdio, started anew in a sandbox for each work. */
export function acpAgent(setup: AgentSetup, argv: string[]): Agent {
  const unknown = { name: basename(argv[0] ?? ""), version: null };
  return {
    async work(order, signal) {
      const startedAt = setup.clock.now().getTime();
      const timeline = openTimeline(order.note);
      const done = signal.aborted
        ? { identity: unknown, ending: stoppedBy("cancel", order.bounds) }
        : await run({ setup, argv, order, signal, timeline, unknown });
      return {
        ...done.identity,
        ...done.ending,
        summary: timeline.summary(),
        costUsd: timeline.costUsd(),
        durationMs: Math.max(0, setup.clock.now().getTime() - startedAt),
        sandbox: setup.sandbox.kind,
      };
    },
  };
}

async function run(job: {
  setup: AgentSetup;
  argv: string[];
  order: AgentOrder;
  signal: AbortSignal;
  timeline: Timeline;
  unknown: Identity;
}): Promise<Outcome> {
  const { setup, order, timeline } = job;
  const program = await locateProgram(job.argv, setup.environment.PATH);
  const dialogue = await setup.sandbox.talk(confine({ setup, order, program }), order.bounds);
  const watch = watchBounds(order.bounds, job.signal);
  const met = dialogue.ended.then((end) => end.met);
  const conversation = openConversation({ dialogue, timeline, onBytes: watch.heard });
  try {
    return await converse({ order, conversation, watch, setup, met }, job.unknown);
  } finally {
    watch.end();
    await dialogue.stop();
    conversation.close();
    timeline.close();
  }
}

async function converse(work: Work, unknown: Identity): Promise<Outcome> {
  const greeting = await Promise.race([greet(work, unknown), endOf(work)]);
  if ("outcome" in greeting) return { identity: unknown, ending: greeting };
  if ("unavailable" in greeting)
    throw new Failure(
      "agent-unavailable",
      `The agent "${unknown.name}" could not be put to work: ${greeting.unavailable}. ` +
        "Check its log-in and that AGENT names a command that speaks ACP over stdio.",
    );
  return { identity: greeting.identity, ending: await takeTurn(work, greeting.session) };
}

/** The ending that we put to the work, once one of its bounds is met. */
async function endOf({ watch, order, met }: Pick<Work, "watch" | "order" | "met">): Promise<Ending> {
  return stoppedBy(await Promise.race([watch.met, only(met)]), order.bounds);
}

/** The bound, once there is one; a tree that ends without tells nothing here. */
function only(met: Promise<TreeBound | undefined>): Promise<TreeBound> {
  return new Promise((resolve) => void met.then((bound) => bound && resolve(bound)));
}

/** Everything before the prompt: until then no work was begun, so whatever fails is the operator's to mend. */
async function greet(
  { conversation, order, setup }: Work,
  unknown: Identity,
): Promise<Greeting | { unavailable: string }> {
  try {
    const hello = await within(setup.patience.startMs, conversation.greet());
    if (hello === undefined) return { unavailable: "it did not answer initialize in time" };
    if (hello.protocolVersion !== PROTOCOL_VERSION)
      return { unavailable: `it speaks ACP version ${hello.protocolVersion}, not ${PROTOCOL_VERSION}` };
    const session = await within(setup.patience.startMs, conversation.begin(order.worktree.directory));
    if (session === undefined) return { unavailable: "it did not open a session in time" };
    return { identity: identityOf(hello.agentInfo) ?? unknown, session };
  } catch (thrown) {
    return { unavailable: await conversation.explain(thrown) };
  }
}

function identityOf(info: { name: string; version: string } | null | undefined): Identity | null {
  if (!info) return null;
  return { name: headOf(info.name, maxNameBytes), version: headOf(info.version, maxNameBytes) };
}

/** One prompt to its end. The first cause wins; after one of ours the agent has a moment to finish its edits. */
async function takeTurn({ conversation, order, setup, watch, met }: Work, session: string): Promise<Ending> {
  const turn = conversation.prompt(session, order.prompt).then(
    (reason): Ending => endings[reason],
    async (thrown): Promise<Ending> => {
      const cause = await conversation.explain(thrown);
      // A tree that was killed at a bound breaks off its turn, mostly before we hear of the bound.
      const bound = await within(setup.patience.graceMs, met);
      return bound ? stoppedBy(bound, order.bounds) : { outcome: "failed", cause };
    },
  );
  const first = await Promise.race([
    turn.then((ending) => ({ ending, isOurs: false })),
    endOf({ watch, order, met }).then((ending) => ({ ending, isOurs: true })),
  ]);
  if (first.isOurs) {
    conversation.cancel(session);
    await within(setup.patience.graceMs, turn);
  }
  return first.ending;
}
