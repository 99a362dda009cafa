import type { OpenProbes, SandboxExam, UntriedProbes } from "../../ports/doctor.ts";
import { openSandbox } from "./open-sandbox.ts";
import { isUntried, probeGroups } from "./probes/probe.ts";
import { repairs } from "./probes/repairs.ts";
import { type Probed, runProbes } from "./probes/run-probes.ts";
import { SandboxRefusal } from "./sandbox-refusal.ts";

/** Tries to get out of bubblewrap on this machine, whatever the settings say of a sandbox. */
export async function examineSandbox(): Promise<SandboxExam> {
  try {
    const sandbox = await openSandbox({ kind: "bwrap" });
    const tried = await runProbes(sandbox);
    return {
      ...{ kind: "tried", driver: sandbox.describe(), count: tried.length },
      ...{ open: openOnes(tried), untried: untriedOnes(tried) },
    };
  } catch (error) {
    if (!(error instanceof SandboxRefusal)) throw error;
    return { kind: "trouble", ...error.trouble };
  }
}

/** The probes that got out, by what they would reach. */
export function openOnes(tried: Probed[]): OpenProbes[] {
  return probeGroups.flatMap((group) => {
    const out = tried.filter(({ probe, tried: seen }) => probe.group === group && typeof seen === "string");
    const [first] = out;
    if (!first) return [];
    const { means } = first.probe;
    const names = out.map(({ probe }) => probe.name);
    return [{ group, names, seen: String(first.tried), means, repair: repairs[group] }];
  });
}

/** The probes that prove nothing, by the reason. */
export function untriedOnes(tried: Probed[]): UntriedProbes[] {
  const undone = tried.flatMap(({ probe, tried: what }) =>
    isUntried(what) ? [{ name: probe.name, why: what.untried, repair: what.repair }] : [],
  );
  return [...new Set(undone.map(({ why }) => why))].map((why) => {
    const same = undone.filter((one) => one.why === why);
    return { names: same.map(({ name }) => name), why, repair: same[0]?.repair ?? "" };
  });
}
