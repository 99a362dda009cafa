import type { Edits, Labelling } from "../ports/github.ts";

/** The delivery of a younger label may be on its way, and its signed payload is the better word. */
const underWayMs = 2 * 60_000;

/** What is done about an open issue that carries the label and has no task. */
export type MissedLabel = { kind: "take in" } | { kind: "ask again"; editedBy: string };

/** Whether the delivery of a label should have come by now; of one that nobody is known to have set there was none. */
export function isOverdue(labelling: Labelling | undefined, now: Date): labelling is Labelling {
  return labelling !== undefined && now.getTime() - Date.parse(labelling.at) >= underWayMs;
}

/**
 * Judges an issue whose delivery never came. No payload tells what its text was when it was labelled, so it is taken in only
 * where nobody has edited it since (SPEC section 4).
 */
export function judgeMissed(labelling: Labelling, edits: Edits): MissedLabel {
  const later = [edits.body, edits.title].find(
    (edit) => edit !== undefined && Date.parse(edit.at) >= Date.parse(labelling.at),
  );
  return later ? { kind: "ask again", editedBy: later.by } : { kind: "take in" };
}
