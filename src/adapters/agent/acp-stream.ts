import type { AnyMessage, Stream } from "@agentclientprotocol/sdk";
import { z } from "zod";
import type { Dialogue } from "../../ports/workshop.ts";
import { hasMoreParts } from "./has-more-parts.ts";
import { readLines, WireFault } from "./read-lines.ts";

/** The longest line an agent may send, in bytes: whole files travel in tool calls, a runaway has no end. */
const maxLineBytes = 16 * 1024 * 1024;

/** A line is parsed with at most so many values: whole files are one, but sixteen megabytes of brackets are half a gigabyte. */
const maxParts = 100_000;

/** The most requests an agent may make without reading our answers, for each of them is held until it does. */
const maxOwedAnswers = 1_000;

/** What is read of a message before it is known what it is. */
const Envelope = z.object({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  method: z.string().optional(),
});
type Envelope = z.infer<typeof Envelope>;

type Wire = Pick<Dialogue, "input" | "output"> & {
  onBytes: () => void;
  onUpdate: (params: unknown) => void;
};
/** The wire, the ids of our open requests, and how many of the agent's are not answered yet. */
type AgentLink = Wire & { asked: Set<unknown>; owed: number };

/**
 * The SDK's stream over an agent's stdio, in place of its `ndJsonStream`: that one answers every line of noise, prints
 * what it cannot place, and lets an agent that does not read fill our memory. Updates are taken out on the way, so
 * that all of a turn's updates are seen before the answer that ends it.
 */
export function acpStream(wire: Wire): Stream {
  const link: AgentLink = { ...wire, asked: new Set(), owed: 0 };
  // The callback of each write tells of the error too; without a listener the event would end the worker.
  wire.input.on("error", () => undefined);
  return {
    readable: ReadableStream.from(messages(link)),
    writable: new WritableStream({ write: (message) => sendMessage(message, link) }),
  };
}

async function* messages(link: AgentLink): AsyncGenerator<AnyMessage> {
  for await (const line of readLines(link.output, { maxBytes: maxLineBytes, onBytes: link.onBytes })) {
    const message = parseLine(line);
    const envelope = Envelope.safeParse(message).data;
    switch (envelope && messageKind(envelope, link)) {
      case "update":
        link.onUpdate((message as { params?: unknown }).params);
        break;
      case "request":
        link.owed += 1;
        if (link.owed > maxOwedAnswers) throw new WireFault("does not read the answers to its requests");
        yield message as AnyMessage;
        break;
      case "answer":
        link.asked.delete(envelope?.id);
        yield message as AnyMessage;
    }
  }
}

/** Agents print other things to their output too, and other notifications are none of ours: both are passed over. */
function messageKind(envelope: Envelope, link: AgentLink): "update" | "request" | "answer" | "noise" {
  if (envelope.method === undefined) return link.asked.has(envelope.id) ? "answer" : "noise";
  if (envelope.id !== undefined) return "request";
  return envelope.method === "session/update" ? "update" : "noise";
}

function parseLine(line: string): unknown {
  // A flood of noise costs an error with a stack for each line that is tried.
  if (!line.startsWith("{")) return null;
  if (line.length > maxParts && hasMoreParts(line, maxParts))
    throw new WireFault(`sent a line of more than ${maxParts} parts`);
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function sendMessage(message: AnyMessage, link: AgentLink): Promise<void> {
  if ("method" in message && "id" in message) link.asked.add(message.id);
  return new Promise((resolve, reject) => {
    link.input.write(`${JSON.stringify(message)}\n`, (error) => {
      if (!("method" in message)) link.owed -= 1;
      if (error) reject(error);
      else resolve();
    });
  });
}
