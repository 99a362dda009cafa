import { Evidence } from "../domain/evidence/evidence.ts";
import type { PageSources } from "./page.ts";

/** More than this is no evidence that we wrote; in bytes. */
const mostBytes = 8 * 1024 * 1024;

/** Evidence by the name of its artefact; undefined where this machine does not have it, or it cannot be read. */
export async function readEvidence(
  artefact: string | undefined,
  { artefacts, log }: Pick<PageSources["ports"], "artefacts" | "log">,
): Promise<Evidence | undefined> {
  const bytes = artefact === undefined ? undefined : await artefacts.read(artefact);
  if (!bytes || bytes.length > mostBytes) return undefined;
  try {
    return Evidence.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  } catch (err) {
    log.warn({ artefact, err }, "evidence could not be read for a page");
    return undefined;
  }
}
