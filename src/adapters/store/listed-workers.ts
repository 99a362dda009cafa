import { LivingWorker } from "../../domain/host/living-worker.ts";
import { compareTexts } from "../../domain/text/compare-texts.ts";
import { parseJson } from "../../domain/text/parse-json.ts";

/** More workers than these are not listed: nobody reads so many, and a store that is told lies stays usable. */
export const mostWorkers = 1_000;

/** What workers said of themselves, in the order of their start. One of another version that cannot be read is left out. */
export function listedWorkers(texts: string[]): LivingWorker[] {
  return byStart(texts.flatMap((text) => LivingWorker.safeParse(parseJson(text)).data ?? []));
}

/** The workers, the one that began first at the top. */
export function byStart(workers: LivingWorker[]): LivingWorker[] {
  return workers.toSorted((a, b) => compareTexts(a.startedAt, b.startedAt));
}
