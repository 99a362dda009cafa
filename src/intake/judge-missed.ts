import type { Edits, Labelling } from "../ports/github.ts";

/** The delivery of a younger label may be on its way, and its signed payload is the better word. */
const underWayMs = 2 * 60_000;

/** What is done about an open issue that carries the label and has no task. */
export type MissedLabel =
  | { kind: "take in"; labelling: Labelling }
  | { kind: "ask again"; labelling: Labelling; editedBy: string }
  | { kind: "leave" };

/**
 * Judges an issue whose delivery never came. No payload tells what its text was when it was labelled, so it is taken in only
 * where nobody has edited it since (SPEC section 4).
 */
export function judgeMissed(known: {
  labelling: Labelling | undefined;
  edits: Edits;
  now: Date;
}): MissedLabel {
  const { labelling, edits, now } = known;
  if (!labelling || now.getTime() - Date.parse(labelling.at) < underWayMs) return { kind: "leave" };
  const later = [edits.body, edits.title].find(
    (edit) => edit !== undefined && Date.parse(edit.at) >= Date.parse(labelling.at),
  );
  return later ? { kind: "ask again", labelling, editedBy: later.by } : { kind: "take in", labelling };
}
