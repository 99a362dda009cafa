import type { Log } from "../../src/ports.ts";

/** One line that was logged. */
export type LogLine = { level: "info" | "warn" | "error"; fields: object; message: string };

/** A log that keeps its lines. */
export function recordingLog(): Log & { lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: LogLine["level"]) => (fields: object, message: string) =>
    void lines.push({ level, fields, message });
  return { lines, info: at("info"), warn: at("warn"), error: at("error") };
}
