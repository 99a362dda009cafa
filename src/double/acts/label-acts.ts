import type { Label } from "../model.ts";
import { validationFailed } from "../refusal.ts";
import { labelShape } from "../shapes/issue-shape.ts";
import { announce, type By } from "./announce.ts";

/** What a new label looks like. */
export type NewLabel = { name: string; color?: string | undefined; description?: string | null | undefined };

/** The label with this name, whatever its case. */
export function findLabel({ repository }: By, name: string): Label | undefined {
  return repository.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
}

/** Makes a label, or refuses because there is one. */
export function createLabel(by: By, label: NewLabel): Label {
  if (findLabel(by, label.name))
    throw validationFailed({ resource: "Label", code: "already_exists", field: "name" });
  const made: Label = {
    id: by.world.newId(),
    name: label.name,
    color: label.color ?? "ededed",
    description: label.description ?? null,
  };
  by.repository.labels.push(made);
  announce(by, "label.created", { label: labelShape(by.world, by.repository, made) });
  return made;
}

/** The label with this name, made if it is not there. */
export function ensureLabel(by: By, label: NewLabel): Label {
  return findLabel(by, label.name) ?? createLabel(by, label);
}
