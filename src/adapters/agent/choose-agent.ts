import type { AgentReport } from "../../domain/evidence/evidence.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Agent, AgentOrder } from "../../ports/workshop.ts";
import type { OpenedAgent } from "./open-agent.ts";

type PassedOver = NonNullable<AgentReport["passedOver"]>;

/**
 * Many agents as one: those that the order names are tried in turn, and only one that is unavailable (it cannot be
 * started, or is out of quota, log-in or capacity) is passed over for the next. `usual` are the operator's own.
 */
export function chooseAgent(known: Map<string, OpenedAgent>, usual: string[]): Agent {
  return {
    find: (agents) => findOne({ known, names: agents.length > 0 ? agents : usual, passedOver: [] }),
    work: (order, signal) => {
      const names = inTurn(order.agents.length > 0 ? order.agents : usual, order);
      return workWith({ known, names, order, passedOver: [] }, signal);
    },
  };
}

/** The one that has the conversation goes first: it knows the task. */
function inTurn(names: string[], { session }: AgentOrder): string[] {
  const first = names.filter((name) => name === session?.agent);
  return [...first, ...names.filter((name) => name !== session?.agent)];
}

type Search = { known: Map<string, OpenedAgent>; names: string[]; passedOver: PassedOver };

type AgentSearch = Search & { order: AgentOrder };

async function findOne(search: Search): Promise<void> {
  const { known, names, passedOver } = search;
  const [name, ...others] = names;
  if (name === undefined) throw noneLeft(search);
  try {
    await known.get(name)?.find();
    if (known.has(name)) return;
  } catch (thrown) {
    if (!isUnavailable(thrown)) throw thrown;
    if (others.length + passedOver.length === 0) throw thrown;
    return findOne({ known, names: others, passedOver: [...passedOver, { name, why: thrown.message }] });
  }
  return findOne({ known, names: others, passedOver: [...passedOver, { name, why: unknown }] });
}

async function workWith(tries: AgentSearch, signal: AbortSignal): Promise<AgentReport> {
  const { known, names, order, passedOver } = tries;
  const [name, ...others] = names;
  if (name === undefined) throw noneLeft(tries);
  const opened = known.get(name);
  const passOver = (why: string): Promise<AgentReport> => {
    order.note({ kind: "agent", text: `${name} is passed over: ${why}` });
    return workWith({ ...tries, names: others, passedOver: [...passedOver, { name, why }] }, signal);
  };
  if (!opened) return passOver(unknown);
  if (order.isMetered && !opened.reportsCost) return passOver(unmeasured);
  const isOnly = names.length === 1 && passedOver.length === 0;
  try {
    const session = order.session?.agent === name ? order.session : null;
    const report = await opened.agent.work({ ...order, session }, signal);
    return passedOver.length > 0 ? { ...report, passedOver } : report;
  } catch (thrown) {
    if (isOnly || signal.aborted || !isUnavailable(thrown)) throw thrown;
    return passOver(thrown.message);
  }
}

function isUnavailable(thrown: unknown): thrown is Failure {
  return thrown instanceof Failure && thrown.kind === "agent-unavailable";
}

const unknown = "the operator has no agent of this name";

const unmeasured = "it does not report what it costs, and the brief sets a budget in money";

function noneLeft({ passedOver }: Search): Failure {
  const whys = passedOver.map(({ name, why }) => `${name}: ${why}`).join("; ");
  if (passedOver.length > 0 && passedOver.every(({ why }) => why === unmeasured))
    return new Failure(
      "brief",
      `The budget in money cannot be held: no agent that may do this reports what it costs (${whys}). ` +
        "Name an agent that does, or set the budget in minutes.",
    );
  return new Failure("agent-unavailable", `No agent can be put to work. ${whys}`);
}
