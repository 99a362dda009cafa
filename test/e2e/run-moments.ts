import { type Killed, type Trace, traceAll } from "./kill.ts";
import { type Lane, openLane } from "./lane.ts";
import type { Moment } from "./moments.ts";

/** What was found of one moment. */
export type Finding = { killed: Killed; trace: Trace };

/** What was found of all moments, and where. */
export type Findings = {
  lanes: Lane[];
  /** What was found of a moment; throws what kept it from being found. */
  of(moment: Moment): Finding;
  /** In the order of the moments. */
  all(): Finding[];
  /** How the services ended that were told to stop when all was done. */
  exits: unknown[];
  close(): Promise<void>;
};

type Kill = (lane: Lane, moment: Moment, owner: string) => Promise<Killed>;

/** Kills a service at each moment, in several lanes side by side: most of each one's time is waiting. */
export async function runMoments(
  moments: Moment[],
  laneCount: number,
  kill: Kill,
  lane: Parameters<typeof openLane>[1] = {},
): Promise<Findings> {
  const lanes = await Promise.all(Array.from({ length: laneCount }, () => openLane({}, lane)));
  const found = new Map<Moment, Finding>();
  const errors = new Map<Moment, unknown>();
  const exits: unknown[] = [];
  const inLane = async (lane: Lane, share: Moment[]): Promise<void> => {
    await lane.start();
    const killed: Killed[] = [];
    for (const moment of share)
      try {
        killed.push(await kill(lane, moment, `owner-${moments.indexOf(moment)}`));
      } catch (error) {
        errors.set(moment, error);
        await lane.service().kill("SIGKILL");
        await lane.start();
      }
    const { exit, traces } = await traceAll(lane, killed);
    exits.push(exit);
    for (const trace of traces) found.set(trace.killed.moment, { killed: trace.killed, trace });
  };
  const close = async (): Promise<void> => void (await Promise.all(lanes.map((lane) => lane.close())));
  try {
    const shareOf = (lane: number) => moments.filter((_, position) => position % laneCount === lane);
    await Promise.all(lanes.map((lane, index) => inLane(lane, shareOf(index))));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    lanes,
    exits,
    of: (moment) => {
      const finding = found.get(moment);
      if (!finding) throw errors.get(moment) ?? new Error("nothing was found");
      return finding;
    },
    all: () => moments.flatMap((moment) => found.get(moment) ?? []),
    close,
  };
}
