import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import {
  type AgentContext,
  agent,
  methods,
  ndJsonStream,
  PROTOCOL_VERSION,
  type PromptRequest,
  type PromptResponse,
  RequestError,
  type StopReason,
} from "@agentclientprotocol/sdk";
import { playStep, type Stage } from "./play-step.ts";
import { Script, type Step } from "./script.ts";

type Session = { directory: string; turn: AbortController };

/** Serves ACP on this process's stdio, doing what a script says: `node scripted-agent.js SCRIPT.json`. */
export function serveScript(script: Script): void {
  const sessions = new Map<string, Session>();
  agent({ name: script.name })
    .onRequest(methods.agent.initialize, () => ({
      protocolVersion: PROTOCOL_VERSION,
      agentInfo: { name: script.name, version: script.version },
      agentCapabilities: {},
    }))
    .onRequest(methods.agent.session.new, ({ params }) => {
      const sessionId = randomUUID();
      sessions.set(sessionId, { directory: params.cwd, turn: new AbortController() });
      return { sessionId };
    })
    .onRequest(methods.agent.session.prompt, ({ params, client }) =>
      takeTurn({ script, session: sessions.get(params.sessionId), params, client }),
    )
    .onNotification(methods.agent.session.cancel, ({ params }) =>
      sessions.get(params.sessionId)?.turn.abort(),
    )
    .connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin)));
}

async function takeTurn({
  script,
  session,
  params,
  client,
}: {
  script: Script;
  session: Session | undefined;
  params: PromptRequest;
  client: AgentContext;
}): Promise<PromptResponse> {
  if (!session) throw RequestError.sessionNotFound(params.sessionId);
  session.turn = new AbortController();
  const { signal } = session.turn;
  const stage = { client, sessionId: params.sessionId, directory: session.directory, signal };
  try {
    return { stopReason: await play(stepsFor(script, promptText(params)), stage) };
  } catch (thrown) {
    if (signal.aborted) return { stopReason: "cancelled" };
    throw thrown;
  }
}

async function play(steps: Step[], stage: Stage): Promise<StopReason> {
  for (const step of steps) {
    if (stage.signal.aborted) return "cancelled";
    const stop = await playStep(step, stage);
    if (stop !== undefined) return stop;
  }
  return "end_turn";
}

function stepsFor(script: Script, prompt: string): Step[] {
  const turn = script.turns.find(({ when }) => when === undefined || new RegExp(when).test(prompt));
  return turn?.steps ?? [{ say: "The script has nothing for this prompt." }];
}

function promptText({ prompt }: PromptRequest): string {
  return prompt.map((block) => (block.type === "text" ? block.text : "")).join("\n");
}

const [, entry = "", scriptFile] = process.argv;
if (import.meta.url === pathToFileURL(entry).href) {
  if (scriptFile === undefined) throw new Error("Usage: node scripted-agent.js SCRIPT.json");
  serveScript(Script.parse(JSON.parse(await readFile(scriptFile, "utf8"))));
}
