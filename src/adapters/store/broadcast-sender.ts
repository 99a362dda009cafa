import { broadcastBytes } from "../../ports/events.ts";
import type { Log } from "../../ports.ts";
import { errorLogger } from "./error-logger.ts";

/** So many texts wait for a server that is slow; what comes then is dropped. About 2 MB. */
const mostWaiting = 256;

/** Sends one text after the other, so that they arrive in their order and never take more than one connection. */
export function broadcastSender(
  send: (text: string) => Promise<unknown>,
  { log }: { log: Log },
): (text: string) => void {
  const waiting: string[] = [];
  const state = { isSending: false };
  const failed = errorLogger(log, "other processes could not be told of an event");
  const sendAll = async (): Promise<void> => {
    state.isSending = true;
    for (let text = waiting.shift(); text !== undefined; text = waiting.shift())
      await send(text).catch(failed);
    state.isSending = false;
  };
  return (text) => {
    if (waiting.length >= mostWaiting || Buffer.byteLength(text) > broadcastBytes) return;
    waiting.push(text);
    if (!state.isSending) void sendAll();
  };
}
