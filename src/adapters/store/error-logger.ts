import type { Log } from "../../ports.ts";

/** A connection that is being made again fails several times a second; one line in so many milliseconds will do. */
const repeatMs = 30_000;

/** Logs the errors of a connection: each at once, but while the same one goes on, only now and then. */
export function errorLogger(log: Log, message: string): (error: Error) => void {
  let last = { text: "", at: 0 };
  return (error) => {
    const now = performance.now();
    if (error.message === last.text && now - last.at < repeatMs) return;
    last = { text: error.message, at: now };
    log.warn({ cause: error.message }, message);
  };
}
