import { isTestPath } from "../../../domain/paths/test-path.ts";
import type { Trace } from "../../../ports/traces.ts";
import type { ChangedPlace, CoveredFacts } from "./check-covered.ts";

/** A trace, which of its files the tree of the change has, and whether that has tests for a browser. */
export type TracedTree = { trace: Trace; tracked: ReadonlySet<string>; inBrowser: boolean };

/** Settings of runners that load code in a browser, where nobody watches. */
export const browserTests =
  /(?:^|\/)(?:playwright|cypress|karma|web-test-runner|wdio|testcafe|nightwatch|vitest\.browser)[\w.-]*\.(?:[cm]?[jt]s|json)$/;

/**
 * What a trace tells for sure. That a place ran is always sure. That one did not is sure only where every process told all
 * that it ran, and every script was a file of the tree or says what it was made of; that a file was not even loaded, only
 * where other code of the project was, and none runs in a browser.
 */
export function settleTrace(
  places: ChangedPlace[],
  { trace, tracked, inBrowser }: TracedTree,
): Pick<CoveredFacts, "places" | "why"> {
  const doubt = traceDoubt({ trace, tracked, inBrowser });
  const loaded = new Set([...trace.scripts.map(({ path }) => path), ...trace.lines.keys(), ...trace.loaded]);
  const made = new Set(trace.scripts.flatMap(({ map }) => map?.sources ?? []));
  const isSeen = (path: string) => loaded.has(path) || made.has(path);
  const others = [...tracked].some((path) => !isTestPath(path) && /\.(?:[cm]?[jt]sx?|py)$/.test(path));
  const settled = places.map((place) => {
    if (place.ran === true || isSeen(place.path)) return place;
    return { ...place, ran: others ? false : undefined };
  });
  if (doubt === "") return { places: settled, why: others || settled.some(isTold) ? "" : unseen };
  const sure = places.filter(({ ran }) => ran === true);
  return sure.length === places.length ? { places, why: "" } : { places, why: doubt };
}

function isTold({ ran }: ChangedPlace): boolean {
  return ran !== undefined;
}

const unseen =
  "Nothing that could be watched ran code of this project: neither Node.js, Python nor the tests of Go did.";

function traceDoubt({ trace, tracked, inBrowser }: TracedTree): string {
  if (!trace.whole) return "A process of the tests was ended before it told which lines it ran.";
  if (trace.loaded.length === 0) return unseen;
  if (inBrowser) return "Tests run in a browser, where nobody watches which lines are run.";
  const mapped = new Set(trace.mapped);
  const built = trace.loaded.find((path) => !tracked.has(path) && !mapped.has(path));
  return built === undefined
    ? ""
    : `${built} was made by the run, and has no source map that tells of which lines.`;
}
