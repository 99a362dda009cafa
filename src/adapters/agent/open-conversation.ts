import {
  type ClientContext,
  client,
  methods,
  PROTOCOL_VERSION,
  RequestError,
} from "@agentclientprotocol/sdk";
import { z } from "zod";
import type { Dialogue } from "../../ports/workshop.ts";
import { ownVersion } from "../host/own-version.ts";
import { within } from "../host/within.ts";
import { acpStream } from "./acp-stream.ts";
import { Hello, Session, type StopReason, TurnEnd } from "./agent-answers.ts";
import { answerPermission } from "./answer-permission.ts";
import { firstOfText } from "./cut-text.ts";
import { WireFault } from "./read-lines.ts";
import type { Timeline } from "./timeline.ts";

/** How long an exit is awaited after the output ended, and the output after the exit, in milliseconds. */
const exitMs = 1_000;
/** The code with which ACP asks for a log-in. */
const authRequired = -32_000;
/** How much of an error's text, or of a dead agent's stderr, is quoted, in bytes. */
const maxQuoteBytes = 1_024;

/** ACP with one agent. Each step rejects when the agent is lost or gives an answer that is none. */
export type Conversation = {
  greet(): Promise<Hello>;
  logIn(method: string): Promise<void>;
  begin(directory: string): Promise<Session>;
  /** Goes on with a session of an earlier process; null where the agent does not have it any more. */
  takeUp(how: "load" | "resume", at: { id: string; directory: string }): Promise<Session | null>;
  setMode(session: string, mode: string): Promise<void>;
  prompt(session: string, text: string): Promise<StopReason>;
  cancel(session: string): void;
  /** Why a step was rejected, in our words. */
  explain(thrown: unknown): Promise<string>;
  close(): void;
};

/** Opens ACP over the stdio of a running agent. */
export function openConversation(order: {
  dialogue: Dialogue;
  timeline: Timeline;
  /** The directories that the agent may change. */
  places: string[];
  onBytes: () => void;
}): Conversation {
  const { dialogue, timeline } = order;
  const stream = acpStream({ ...dialogue, onBytes: order.onBytes, onUpdate: timeline.update });
  const connection = client({ name: "drafthorse" })
    .onRequest(methods.client.session.requestPermission, ({ params }) => {
      const answer = answerPermission(params, order.places);
      timeline.did({ kind: "permission", text: answer.record });
      return answer.response;
    })
    .connect(stream);
  void endWith(dialogue, connection);
  return {
    ...stepsOf(connection.agent, timeline),
    explain: (thrown) => explainSilence(thrown, dialogue),
    close: () => connection.close(),
  };
}

function stepsOf(ask: ClientContext, timeline: Timeline): Omit<Conversation, "explain" | "close"> {
  const { session } = methods.agent;
  return {
    greet: async () => Hello.parse(await ask.request(methods.agent.initialize, introduction)),
    logIn: async (methodId) => void (await ask.request(methods.agent.authenticate, { methodId })),
    begin: async (cwd) => Session.parse(await ask.request(session.new, { cwd, mcpServers: [] })),
    takeUp: async (how, { id: sessionId, directory: cwd }) => {
      try {
        const opened = await ask.request(session[how], { sessionId, cwd, mcpServers: [] });
        return Session.parse({ ...opened, sessionId });
      } catch (thrown) {
        if (thrown instanceof RequestError && thrown.code !== authRequired) return null;
        throw thrown;
      }
    },
    setMode: async (sessionId, modeId) => void (await ask.request(session.setMode, { sessionId, modeId })),
    prompt: async (sessionId, text) => {
      timeline.begin();
      const prompt = [{ type: "text" as const, text }];
      return TurnEnd.parse(await ask.request(session.prompt, { sessionId, prompt })).stopReason;
    },
    cancel: (sessionId) => void ask.notify(session.cancel, { sessionId }).catch(() => undefined),
  };
}

/** Agents edit files and run commands themselves, inside their sandbox: the client lends them neither. */
const introduction = {
  protocolVersion: PROTOCOL_VERSION,
  clientInfo: { name: "drafthorse", version: ownVersion },
  clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
};

/** Once the agent itself is gone, whatever it left must not hold its output open: the rest of the tree goes too. */
async function endWith(
  dialogue: Dialogue,
  connection: { closed: Promise<void>; close(): void },
): Promise<void> {
  await dialogue.ended;
  await dialogue.stop().catch(() => undefined);
  await within(exitMs, connection.closed);
  connection.close();
}

async function explainSilence(thrown: unknown, dialogue: Dialogue): Promise<string> {
  if (thrown instanceof WireFault) return `the agent ${thrown.message}`;
  if (thrown instanceof RequestError) return `the agent answered with an error: ${errorText(thrown)}`;
  if (thrown instanceof z.ZodError) return `the agent's answer is not one of ACP version ${PROTOCOL_VERSION}`;
  const end = await within(exitMs, dialogue.ended);
  if (end === undefined) return "the agent closed its connection without an answer";
  const how = end.exitCode === null ? `was ended by ${end.signal}` : `exited with code ${end.exitCode}`;
  const said = firstOfText(end.stderrTail.trim(), maxQuoteBytes);
  return `the agent ${how} without an answer${said === "" ? "" : `: ${said}`}`;
}

function errorText(error: RequestError): string {
  const details = z.object({ details: z.string() }).safeParse(error.data).data?.details;
  return firstOfText(details ? `${error.message}: ${details}` : error.message, maxQuoteBytes);
}
