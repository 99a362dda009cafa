import type { Evidence, Measurement } from "../../domain/evidence/evidence.ts";
import { differsElsewhere } from "../checks/conditions/differs-elsewhere.ts";
import { weighElsewhere } from "../checks/conditions/weigh-elsewhere.ts";
import { isGreen, type Series } from "../run/outcome-of.ts";

/**
 * Whether the row `conditions` says no less than the runs with other surroundings do. Each of these must be about the tree
 * and the surroundings that it is shown for. Evidence of earlier versions has none.
 */
export function agreeElsewhere(
  { elsewhere, covered, tree, base, checks }: Evidence,
  sides: { validation: Series; baseline: Series },
): { holds: boolean; line: string } {
  if (!elsewhere) return { holds: true, line: "no run had other surroundings" };
  const { changed, change, singles } = elsewhere;
  const areAbout =
    [...change, ...singles].every((run) => run.tree === tree) &&
    elsewhere.base.every((run) => run.tree === base.tree) &&
    [...change, ...elsewhere.base].every((run) => run.surroundings?.join() === changed.join());
  if (!areAbout) return { holds: false, line: "a run is about another tree or other surroundings" };
  const [usual] = sides.validation.runs;
  const isByWatched = change.length === 0 && elsewhere.why === "";
  if (isByWatched && !(usual && covered && isSameElsewhere({ usual, watched: covered }, changed)))
    return { holds: false, line: "no run shows that the command comes to the same" };
  const told = weighElsewhere({ ...sides, elsewhere }).kind;
  const status = checks.find(({ name }) => name === "conditions")?.status;
  const holds = told !== "differs" || status === "attention" || status === "fail";
  return { holds, line: holds ? "the row says what its runs say" : `it says ${status}; its runs differ` };
}

type WatchedPair = { usual: Measurement; watched: Measurement };

function isSameElsewhere({ usual, watched }: WatchedPair, changed: string[]): boolean {
  return (
    watched.surroundings?.join() === changed.join() &&
    isGreen(watched) === true &&
    differsElsewhere(usual, watched) === undefined
  );
}
