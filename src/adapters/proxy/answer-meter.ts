import { StringDecoder } from "node:string_decoder";
import type { ModelProvider, ModelTokens } from "../../domain/evidence/model-usage.ts";
import { readUsage, settleUsage, type ToldUsage } from "./read-usage.ts";

/** A line of an event stream beyond this carries no usage; a whole answer beyond the other is not read for it. */
const lineCharacters = 1024 * 1024;
const answerBytes = 16 * 1024 * 1024;

/** Listens to an answer that passes by and reads from it what it cost; its memory is bounded. */
export type AnswerMeter = {
  hear(chunk: Buffer): void;
  /** What the whole answer cost, or undefined if it did not say so. */
  settle(): ModelTokens | undefined;
};

/** A meter for an answer of the given content type; `asked` is the model that the question named in its path, if any. */
export function answerMeter(provider: ModelProvider, contentType: string, asked?: string): AnswerMeter {
  const told: ToldUsage = { model: asked, tokens: {} };
  const take = (text: string) => {
    for (const message of messagesIn(text)) {
      const { model, tokens } = readUsage[provider](message);
      if (model !== undefined) told.model = model;
      Object.assign(told.tokens, tokens);
    }
  };
  const hearing = /^text\/event-stream\b/i.test(contentType) ? hearLines(take) : hearWhole(take);
  return {
    hear: hearing.hear,
    settle: () => {
      hearing.end();
      return settleUsage(told);
    },
  };
}

type Hearing = { hear(chunk: Buffer): void; end(): void };

/** Only lines that can tell something are parsed: most of a stream is the model's words. */
function hearLines(take: (text: string) => void): Hearing {
  const decoder = new StringDecoder("utf8");
  const open = { line: "", tooLong: false };
  const close = () => {
    const line = open.tooLong ? "" : open.line;
    open.line = "";
    open.tooLong = false;
    if (line.startsWith("data:") && /"(?:usage|usageMetadata)"/.test(line)) take(line.slice("data:".length));
  };
  const hear = (text: string) => {
    const [first = "", ...others] = text.split(/\r\n|\n|\r/);
    appendToLine(open, first);
    for (const part of others) {
      close();
      appendToLine(open, part);
    }
  };
  return {
    hear: (chunk) => hear(decoder.write(chunk)),
    end: () => {
      hear(decoder.end());
      close();
    },
  };
}

function appendToLine(open: { line: string; tooLong: boolean }, part: string): void {
  open.tooLong ||= open.line.length + part.length > lineCharacters;
  open.line = open.tooLong ? "" : open.line + part;
}

function hearWhole(take: (text: string) => void): Hearing {
  const heard: { chunks: Buffer[]; bytes: number } = { chunks: [], bytes: 0 };
  return {
    hear: (chunk) => {
      heard.bytes += chunk.length;
      if (heard.bytes <= answerBytes) heard.chunks.push(chunk);
      else heard.chunks = [];
    },
    end: () => take(Buffer.concat(heard.chunks).toString("utf8")),
  };
}

/** Google's stream without events is one list of messages. */
function messagesIn(text: string): unknown[] {
  try {
    return [JSON.parse(text)].flat();
  } catch {
    return [];
  }
}
