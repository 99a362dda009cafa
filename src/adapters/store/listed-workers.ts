import { LivingWorker } from "../../domain/host/living-worker.ts";
import { parseJson } from "../../domain/text/parse-json.ts";

/** More workers than these are not listed: nobody reads so many, and a store that is told lies stays usable. */
export const mostWorkers = 1_000;

/** What workers said of themselves, in the order of their start. One of another version that cannot be read is left out. */
export function listedWorkers(texts: string[]): LivingWorker[] {
  const workers = texts.flatMap((text) => LivingWorker.safeParse(parseJson(text)).data ?? []);
  return workers.sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}
