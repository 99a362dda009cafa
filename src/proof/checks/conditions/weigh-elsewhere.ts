import type { ElsewhereRuns, Measurement } from "../../../domain/evidence/evidence.ts";
import type { Surrounding } from "../../../domain/evidence/surrounding.ts";
import { describeCounts } from "../../../domain/evidence/test-counts.ts";
import { capital } from "../../../domain/text/capital.ts";
import { failedTests } from "../../explain/failed-tests.ts";
import { isGreen, type Series } from "../../run/outcome-of.ts";
import { pairCounts } from "../runs/pair-counts.ts";
import { differsElsewhere } from "./differs-elsewhere.ts";

/** The usual runs, and those with other surroundings; absent: they were not asked for. */
export type ElsewhereFacts = {
  validation: Series;
  baseline: Series;
  elsewhere: ElsewhereRuns | undefined;
};

/** What other surroundings make of the change: `differs` where only the change makes the difference. */
export type ElsewhereTold = { kind: "unasked" | "told" | "differs"; line: string };

/** More failed tests than these are not named. */
const mostNames = 5;

/** Whether the command comes to something else on the change with other surroundings, and on the base it does not. */
export function weighElsewhere({ validation, baseline, elsewhere }: ElsewhereFacts): ElsewhereTold {
  const [usual] = validation.runs;
  if (!elsewhere || !usual) return { kind: "unasked", line: "" };
  const { changed, unchanged, change, base, singles, why } = elsewhere;
  if (why !== "") return { kind: "told", line: `Not run with other surroundings. ${why}` };
  const left = unchanged.map((one) => ` ${phrase([one.what], capital)}: not measured, since ${one.why}.`);
  const [first] = change;
  const other = change.at(-1);
  const isOther = first && other && differsElsewhere(usual, first) && differsElsewhere(usual, other);
  if (!isOther)
    return { kind: "told", line: `The command comes to the same ${phrase(changed)}.${left.join("")}` };
  const blamed = blame({ usual, other, baseUsual: baseline.runs[0], baseOther: base[0] });
  const place = phrase(decisiveSurroundings(usual, { changed, singles }));
  if (blamed.kind !== "change")
    return { kind: "told", line: `The command comes to something else ${place}${reasons[blamed.kind]}` };
  return { kind: "differs", line: sentence({ usual, other, place, names: blamed.names }) };
}

const reasons = {
  base: ", and so it does on the base.",
  unknown: "; whether the base does too cannot be told.",
};

type Blame = { kind: "base" | "unknown" } | { kind: "change"; names: string[] };

type FourRuns = {
  usual: Measurement;
  other: Measurement;
  baseUsual: Measurement | undefined;
  baseOther: Measurement | undefined;
};

/** Whose difference it is. What the surroundings turn on the base too is no question to the change. */
function blame({ usual, other, baseUsual, baseOther }: FourRuns): Blame {
  if (!baseUsual || !baseOther) return { kind: "unknown" };
  const base = { baseUsual, baseOther };
  if ([baseUsual, baseOther].some((run) => isGreen(run) === undefined)) return { kind: "unknown" };
  if (differsElsewhere(usual, other) === "counts") return blameForCounts(base);
  const names = failedNames(other);
  const onBase = failedNames(baseOther);
  const isTurned = isGreen(baseUsual) && !isGreen(baseOther);
  const isNamed = names.length > 0 && (onBase.length > 0 || !isTurned);
  if (!isNamed) return blameUnnamed(base);
  const excused = onBase.filter((name) => !failedNames(baseUsual).includes(name));
  const blamed = names.filter((name) => !excused.includes(name));
  return blamed.length > 0 ? { kind: "change", names: blamed } : { kind: "base" };
}

type BaseRuns = { baseUsual: Measurement; baseOther: Measurement };

/** Where nobody names what failed, ends and words of the base's runs decide. */
function blameUnnamed({ baseUsual, baseOther }: BaseRuns): Blame {
  if (isGreen(baseUsual) && !isGreen(baseOther)) return { kind: "base" };
  const isNoOther = isGreen(baseOther) || saysTheSame(baseUsual, baseOther);
  return isNoOther ? { kind: "change", names: [] } : { kind: "unknown" };
}

function blameForCounts({ baseUsual, baseOther }: BaseRuns): Blame {
  if (differsElsewhere(baseUsual, baseOther)) return { kind: "base" };
  return pairCounts(baseUsual, baseOther).length > 0 ? { kind: "change", names: [] } : { kind: "unknown" };
}

function failedNames(run: Measurement): string[] {
  return [...new Set(failedTests(run).map(({ name }) => name))];
}

/** Where no runner names what failed: a base that is red in both says the same in both, but for numbers and places. */
function saysTheSame(one: Measurement, other: Measurement): boolean {
  const [first, second] = [one, other].map(({ exit }) =>
    exit.log.tail.replace(/\S*\/\S*/g, "/").replace(/\d+/g, "0"),
  );
  return first === second;
}

/** What alone makes the difference; all of it where no single one does. */
function decisiveSurroundings(
  usual: Measurement,
  { changed, singles }: Pick<ElsewhereRuns, "changed" | "singles">,
): Surrounding[] {
  const alone = singles.flatMap((run) =>
    differsElsewhere(usual, run) && run.surroundings ? run.surroundings : [],
  );
  return alone.length > 0 ? alone : changed;
}

type ElsewhereDifference = { usual: Measurement; other: Measurement; place: string; names: string[] };

function sentence({ usual, other, place, names }: ElsewhereDifference): string {
  const end = " On the base that makes no difference. What does the change ask about who runs it?";
  if (differsElsewhere(usual, other) === "counts") {
    const [counts] = pairCounts(usual, other).map(({ before, now }) => [before, now].map(describeCounts));
    return `Where it is validated: ${counts?.[0]}; ${place}: ${counts?.[1]}.${end}`;
  }
  const shown = names.slice(0, mostNames).map((name) => JSON.stringify(name));
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : "";
  const failed = shown.length > 0 ? ` (${shown.join(", ")}${more})` : "";
  return `The change is green where it is validated, and red ${place}${failed}.${end}`;
}

const places: Record<Surrounding, string> = {
  CI: "without `CI`",
  directory: "in another directory",
  date: "on a later date",
};

/** For example `without CI, in another directory and on a later date`. */
function phrase(which: Surrounding[], as: (text: string) => string = (text) => text): string {
  const words = which.map((one) => places[one]);
  const last = words.at(-1) ?? "";
  return as(words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${last}` : last);
}
