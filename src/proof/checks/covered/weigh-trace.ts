import {
  decodedMappings,
  type EncodedSourceMap,
  sourceContentFor,
  TraceMap,
} from "@jridgewell/trace-mapping";
import { lineAt, lineStarts } from "../../../domain/text/line-starts.ts";
import type { Trace, TracedScript } from "../../../ports/traces.ts";
import type { CodePlace, PlacedCode } from "./code-places.ts";

/** Whether a place was run; undefined where the trace does not tell for sure. */
export type WasRun = boolean | undefined;

/** Says of each place of a file whether it was run, as far as the trace tells. */
export function weighTrace(code: PlacedCode, trace: Trace): Map<CodePlace, WasRun> {
  const known = trace.lines.get(code.path);
  if (known) return new Map(code.places.map((place) => [place, ranLines(place, known)]));
  const views = trace.scripts.map((script) => viewOf(script, code)).filter((view) => view !== undefined);
  return new Map(code.places.map((place) => [place, ranIn(views.map((view) => view(place)))]));
}

/** What ran once ran; what no view tells of may have been taken out, or be another's. */
function ranIn(told: WasRun[]): WasRun {
  if (told.includes(true)) return true;
  return told.includes(false) ? false : undefined;
}

function ranLines({ lines }: CodePlace, known: { ran: Set<number>; code: Set<number> }): WasRun {
  const own = lines.filter((line) => known.code.has(line));
  return own.length === 0 ? undefined : own.some((line) => known.ran.has(line));
}

type PlaceReader = (place: CodePlace) => WasRun;

/** How one script tells of the places of a file: by its own offsets where its text is the file's, else by its source map. */
function viewOf(script: TracedScript, code: PlacedCode): PlaceReader | undefined {
  const ran = (offset: number) => script.ran.some(([from, to]) => offset >= from && offset < to);
  if (script.path === code.path && isSameCode(script.source, code.raw)) return ({ from }) => ran(from);
  const positions = positionsIn(script, code);
  if (!positions) return undefined;
  return (place) => {
    const own = positions.get(place) ?? [];
    return own.length === 0 ? undefined : own.some(ran);
  };
}

/** A transformer that had nothing to do adds only its map; one that takes types out may leave blanks. */
function isSameCode(source: string, raw: string): boolean {
  const bare = source.replace(/\n?\/\/# sourceMappingURL=[^\n]*\s*$/, "");
  if (bare.trimEnd() === raw.trimEnd()) return true;
  return source.length === raw.length && source.replace(/\S+/g, "x") !== "" && isBlanked(source, raw);
}

function isBlanked(source: string, raw: string): boolean {
  for (let at = 0; at < raw.length; at++)
    if (source[at] !== raw[at] && !/[\s;]/.test(source[at] ?? "")) return false;
  return true;
}

/** For each place the offsets in the script that were made of it; undefined where its map does not speak of this very file. */
function positionsIn(script: TracedScript, code: PlacedCode): Map<CodePlace, number[]> | undefined {
  const map = readMap(script);
  const source = script.map?.sources.indexOf(code.path) ?? -1;
  if (!map || source < 0 || !isOf(map, { source, raw: code.raw })) return undefined;
  const starts = { file: lineStarts(code.raw), script: lineStarts(script.source) };
  const placeOn = innermostPlace(code.places);
  const found = new Map<CodePlace, number[]>();
  for (const { line, column, fileLine, fileColumn } of segmentsOf(map, source)) {
    const begin = (starts.script[line] ?? 0) + (line === 0 ? script.shift : 0);
    const place = placeOn((starts.file[fileLine] ?? 0) + fileColumn);
    if (place) found.set(place, [...(found.get(place) ?? []), begin + column]);
  }
  return found;
}

/** What a map tells of one of its sources; lines and columns are counted from 0. */
function segmentsOf(map: TraceMap, source: number) {
  return decodedMappings(map).flatMap((segments, line) =>
    segments
      .filter((segment) => segment[1] === source)
      .map(([column, , fileLine = 0, fileColumn = 0]) => ({ line, column, fileLine, fileColumn })),
  );
}

function readMap({ map }: TracedScript): TraceMap | undefined {
  try {
    return map && new TraceMap(map.content as EncodedSourceMap);
  } catch {
    return undefined;
  }
}

/** A map of a step in between speaks of another text than the file has. */
function isOf(map: TraceMap, { source, raw }: { source: number; raw: string }): boolean {
  const content = sourceContentFor(map, map.sources[source] ?? "");
  return content === null || content.trimEnd() === raw.trimEnd();
}

/** The innermost place at an offset: places are in the order of their beginnings, the outer before the inner. */
function innermostPlace(places: CodePlace[]): (offset: number) => CodePlace | undefined {
  const begins = places.map(({ from }) => from);
  return (offset) => {
    for (let at = lineAt(begins, offset) - 1; at >= 0; at--) {
      const place = places[at];
      if (place && offset >= place.from && offset < place.to) return place;
    }
    return undefined;
  };
}
