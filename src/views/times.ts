import { minuteMs } from "../domain/rules/minute.ts";
import { plural } from "../domain/text/plural.ts";

const second = 1_000;
const hour = 60 * minuteMs;
const day = 24 * hour;

/** A stretch of time in words, in its two largest units, for example "2 h 5 min"; `ms` in milliseconds. */
export function durationInWords(ms: number): string {
  if (ms < second) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10 * second) return `${(ms / second).toFixed(1)} s`;
  if (ms < minuteMs) return `${Math.round(ms / second)} s`;
  if (ms < hour) return twoUnits(ms, { large: minuteMs, small: second, words: ["min", "s"] });
  if (ms < day) return twoUnits(ms, { large: hour, small: minuteMs, words: ["h", "min"] });
  return twoUnits(ms, { large: day, small: hour, words: [ms < 2 * day ? "day" : "days", "h"] });
}

/** How long ago a moment was, in its largest unit, for example "5 minutes ago". */
export function agoInWords(at: string, now: Date): string {
  const ms = now.getTime() - Date.parse(at);
  if (Number.isNaN(ms)) return "at an unknown time";
  if (ms < minuteMs) return "just now";
  const [count, unit] =
    ms < hour ? [ms / minuteMs, "minute"] : ms < day ? [ms / hour, "hour"] : [ms / day, "day"];
  return `${plural(Math.floor(Number(count)), String(unit))} ago`;
}

/** The exact moment, for whoever points at the words. */
export function exactly(at: string): string {
  return `${at.slice(0, 19).replace("T", " ")} UTC`;
}

function twoUnits(ms: number, units: { large: number; small: number; words: [string, string] }): string {
  const { large, small, words } = units;
  const whole = Math.floor(ms / large);
  const rest = Math.floor((ms - whole * large) / small);
  return rest === 0 ? `${whole} ${words[0]}` : `${whole} ${words[0]} ${rest} ${words[1]}`;
}
