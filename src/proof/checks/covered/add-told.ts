import type { FiledLines, RanLines } from "../../../ports/traces.ts";
import type { ChangedPlace, CoveredFacts } from "./check-covered.ts";
import { type LinedCode, weighLines } from "./weigh-lines.ts";

/** Which changed places there are: those that runtimes tell of, and lines of code that none of them watches. */
type ToldPlaces = { told: ChangedPlace[]; unwatched: LinedCode[]; filed: FiledLines };

/**
 * Lets the files of coverage that the command wrote tell of what its runtimes do not. Of a file of code that they name, all
 * changed places are told by them, but for those that are known to have run.
 */
export function addTold(
  { places, why }: Pick<CoveredFacts, "places" | "why">,
  { told, unwatched, filed }: ToldPlaces,
): Pick<CoveredFacts, "places" | "why" | "reports"> {
  const isOpen = (path: string) =>
    why !== "" || places.filter((place) => place.path === path).every(({ ran }) => ran === undefined);
  const others = unwatched.flatMap(({ path, lines }) => filedLines(filed.get(path), { path, lines }));
  const open = new Set(told.map(({ path }) => path).filter((path) => filed.has(path) && isOpen(path)));
  if (open.size + others.length === 0) return { places, why };
  const joined = (why === "" ? places : told).map((place) =>
    open.has(place.path) && place.ran !== true ? byFile(place, filed.get(place.path)) : place,
  );
  // Where the runtimes left a doubt, only what ran is sure of the files that no report names.
  const sure = joined.filter(({ path, ran }) => why === "" || ran === true || open.has(path));
  const named = [...open, ...others.map(({ path }) => path)];
  const reports = [...new Set(named.flatMap((path) => filed.get(path)?.report ?? []))];
  return { places: [...sure, ...others], why: "", reports };
}

function byFile(place: ChangedPlace, known: RanLines | undefined): ChangedPlace {
  const own = (place.place?.lines ?? [place.line]).filter((line) => known?.code.has(line));
  return { ...place, ran: own.length === 0 ? undefined : own.some((line) => known?.ran.has(line)) };
}

function filedLines(known: RanLines | undefined, { path, lines }: LinedCode): ChangedPlace[] {
  return known ? weighLines({ path, lines }, { lines: new Map([[path, known]]) }) : [];
}
