import { PROTOCOL_VERSION } from "@agentclientprotocol/sdk";
import type { AgentReport } from "../../domain/evidence/evidence.ts";
import type { AgentOrder } from "../../ports/workshop.ts";
import { within } from "../host/within.ts";
import type { Hello, Session } from "./agent-answers.ts";
import type { AgentSetup } from "./agent-setup.ts";
import { firstOfText } from "./cut-text.ts";
import type { Conversation } from "./open-conversation.ts";

/** How much of the name and version that an agent gives itself is kept, in bytes. */
const maxNameBytes = 100;

/** Who an agent says it is. */
export type AgentIdentity = Pick<AgentReport, "name" | "version">;

/** A session that is ready for its prompt, or why there is none. */
export type Opened =
  | { identity: AgentIdentity | null; session: string; model: string | null; isResumed: boolean }
  | { unavailable: string };

type SessionWork = { order: AgentOrder; conversation: Conversation; setup: AgentSetup };

/** Everything before the prompt: until then no work was begun, so whatever fails is the operator's to mend. */
export async function openSession(work: SessionWork): Promise<Opened> {
  try {
    const { conversation, setup } = work;
    const patience = setup.patience.startMs;
    const hello = await within(patience, conversation.greet());
    if (hello === undefined) return { unavailable: "it did not answer initialize in time" };
    if (hello.protocolVersion !== PROTOCOL_VERSION)
      return { unavailable: `it speaks ACP version ${hello.protocolVersion}, not ${PROTOCOL_VERSION}` };
    const opened = await within(patience, logInAndOpen(work, hello));
    if (opened === undefined) return { unavailable: "it did not open a session in time" };
    const { session, isResumed } = opened;
    const model = session.model === null ? null : firstOfText(session.model, maxNameBytes);
    return { identity: agentIdentity(hello), session: session.sessionId, model, isResumed };
  } catch (thrown) {
    return { unavailable: await work.conversation.explain(thrown) };
  }
}

async function logInAndOpen(
  work: SessionWork,
  hello: Hello,
): Promise<{ session: Session; isResumed: boolean }> {
  const { conversation, order, setup } = work;
  const { logIn, mode } = setup.manners;
  if (logIn && hello.authMethods.includes(logIn)) await conversation.logIn(logIn);
  const known = await takeUp(work, hello);
  const session = known ?? (await conversation.begin(order.worktree.directory));
  if (mode && session.modes.includes(mode)) await conversation.setMode(session.sessionId, mode);
  return { session, isResumed: known !== null };
}

/** The session of before, where there is one and the agent still has it; a refusal means that it begins anew. */
async function takeUp({ conversation, order }: SessionWork, hello: Hello): Promise<Session | null> {
  if (!order.session || !(hello.canResume || hello.canLoad)) return null;
  const at = { id: order.session.id, directory: order.worktree.directory };
  return conversation.takeUp(hello.canResume ? "resume" : "load", at);
}

function agentIdentity({ agentInfo }: Hello): AgentIdentity | null {
  if (!agentInfo) return null;
  return {
    name: firstOfText(agentInfo.name, maxNameBytes),
    version: firstOfText(agentInfo.version, maxNameBytes),
  };
}
