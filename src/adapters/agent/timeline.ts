import type { AgentUpdate } from "../../domain/task/live-event.ts";
import { firstOfText, lastOfText } from "./cut-text.ts";
import { SessionNotification, type SessionUpdate } from "./session-update.ts";

/** The longest text of one note, in bytes: a screenful. */
const maxNoteBytes = 2 * 1024;
/** The most notes of one work: a person reads hundreds, an agent that floods writes millions. */
const maxNotes = 2_000;
/** How much of the agent's last words is kept, in bytes. */
const maxSummaryBytes = 8 * 1024;
/** The most tool calls whose titles are remembered at a time. */
const maxTitles = 1_000;

/** What an agent did and said, as it comes in. */
export type Timeline = {
  update(params: unknown): void;
  /** Says that the prompt is sent: what came before it is an old conversation that the agent shows again. */
  begin(): void;
  /** Takes in what was done or told on our side. */
  did(update: AgentUpdate): void;
  /** Notes what is still held back; nothing is noted after it. */
  close(): void;
  summary(): string;
  /** What was spent since the beginning; null: not reported. */
  costUsd(): number | null;
  /** The model that answered last, where the agent names it here. */
  model(): string | null;
};

/** Who is told of the timeline: of each thing done, and of each new figure of the cost. */
export type Listener = { note: (update: AgentUpdate) => void; spent?: (usd: number) => void };

type Speech = { kind: "message" | "thought"; id: string | null; text: string; unnoted: string };
type Chunk = Extract<SessionUpdate, { sessionUpdate: "agent_message_chunk" | "agent_thought_chunk" }>;
type ToolUpdate = Extract<SessionUpdate, { sessionUpdate: "tool_call" | "tool_call_update" }>;
/** What was said since the last act: whole messages in `ended`, and `all` of it; `over` once something was done since. */
type SaidWords = { ended: string; all: string; over: boolean };
type State = {
  note: (update: AgentUpdate) => void;
  spent: (usd: number) => void;
  begun: boolean;
  /** What the conversation had cost when this work began. */
  earlierUsd: number;
  model: string | null;
  notes: number;
  speech: Speech | null;
  words: SaidWords;
  titles: Map<string, string>;
  costUsd: number | null;
};

/** Starts a timeline that tells `note` of each thing done, whole messages instead of the pieces that they come in. */
export function openTimeline({ note, spent = () => undefined }: Listener): Timeline {
  const state: State = {
    ...{ note, spent, begun: false, earlierUsd: 0, model: null },
    ...{
      notes: 0,
      speech: null,
      words: { ended: "", all: "", over: false },
      titles: new Map(),
      costUsd: null,
    },
  };
  return {
    update: (params) => {
      const notification = SessionNotification.safeParse(params);
      if (notification.success) takeUpdate(state, notification.data.update);
    },
    begin: () => {
      state.begun = true;
    },
    did: (update) => recordAct(state, update),
    close: () => {
      endSpeech(state);
      state.notes = Number.POSITIVE_INFINITY;
    },
    summary: () => state.words.all.trim(),
    costUsd: () => state.costUsd,
    model: () => state.model,
  };
}

function takeUpdate(state: State, update: SessionUpdate): void {
  if (!state.begun && update.sessionUpdate !== "usage_update") return;
  switch (update.sessionUpdate) {
    case "agent_message_chunk":
    case "agent_thought_chunk":
      speak(state, update);
      break;
    case "tool_call":
    case "tool_call_update":
      noteTool(state, update);
      break;
    case "plan":
      recordAct(state, { kind: "plan", text: planText(update.entries) });
      break;
    case "usage_update":
      noteUsage(state, update);
  }
}

/** The protocol's cost is the session's total so far; other currencies have no rate here, so they are no figure. */
function noteUsage(state: State, { cost, _meta }: Extract<SessionUpdate, { sessionUpdate: "usage_update" }>) {
  state.model = _meta?.["_claude/model"] ?? state.model;
  if (cost?.currency !== "USD") return;
  if (!state.begun) {
    state.earlierUsd = cost.amount;
    return;
  }
  // An agent that counts each process on its own begins below what it said of the old conversation.
  state.costUsd = cost.amount >= state.earlierUsd ? cost.amount - state.earlierUsd : cost.amount;
  state.spent(state.costUsd);
}

function speak(state: State, chunk: Chunk): void {
  const kind = chunk.sessionUpdate === "agent_message_chunk" ? "message" : "thought";
  const id = chunk.messageId ?? null;
  if (state.speech?.kind !== kind || state.speech.id !== id) {
    endSpeech(state);
    state.speech = { kind, id, text: "", unnoted: "" };
  }
  const { speech } = state;
  speech.text = lastOfText(speech.text + chunk.content.text, maxSummaryBytes);
  speech.unnoted += chunk.content.text;
  hearWords(state, speech);
  while (Buffer.byteLength(speech.unnoted) > maxNoteBytes && state.notes < maxNotes) {
    const head = firstOfText(speech.unnoted, maxNoteBytes);
    emit(state, { kind, text: head });
    speech.unnoted = speech.unnoted.slice(head.length);
  }
  if (state.notes >= maxNotes) speech.unnoted = "";
}

/** Messages are told apart by a blank line; those before the last act are not the last words. */
function hearWords({ words }: State, { kind, text }: Speech): void {
  if (kind !== "message" || text.trim() === "") return;
  if (words.over) Object.assign(words, { ended: "", over: false });
  const said = words.ended === "" ? text : `${words.ended}\n\n${text.trimStart()}`;
  words.all = lastOfText(said, maxSummaryBytes);
}

function noteTool(state: State, tool: ToolUpdate): void {
  const known = state.titles.get(tool.toolCallId);
  const title = firstOfText(tool.title ?? known ?? "a tool", maxNoteBytes);
  const failed = tool.sessionUpdate === "tool_call_update" && tool.status === "failed";
  if (title !== known || failed)
    recordAct(state, { kind: "tool", text: failed ? `failed: ${title}` : title });
  else if (tool.sessionUpdate === "tool_call") endWords(state);
  // Where messages have no ids the model speaks anew once a tool has ended; its output may come at any time.
  else if (tool.status === "completed" && state.speech?.id == null) endSpeech(state);
  if (state.titles.size < maxTitles) state.titles.set(tool.toolCallId, title);
}

function planText(entries: { content: string; status: string }[]): string {
  return entries
    .map((entry) => `${entry.status === "completed" ? "[x]" : "[ ]"} ${entry.content}`)
    .join("\n");
}

/** Words before and after an act are two messages, and the last words are those after it. */
function recordAct(state: State, update: AgentUpdate): void {
  endWords(state);
  emit(state, update);
}

function endWords(state: State): void {
  endSpeech(state);
  state.words.over = true;
}

function endSpeech(state: State): void {
  const { speech, words } = state;
  state.speech = null;
  words.ended = words.all.trimEnd();
  if (speech && speech.unnoted.trim() !== "") emit(state, { kind: speech.kind, text: speech.unnoted });
}

function emit(state: State, update: AgentUpdate): void {
  if (state.notes >= maxNotes) return;
  state.notes += 1;
  const isLast = state.notes === maxNotes;
  state.note({ ...update, text: isLast ? "(no more is noted)" : firstOfText(update.text, maxNoteBytes) });
}
