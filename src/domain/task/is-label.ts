/** Whether two names mean the same label: for GitHub their case says nothing. */
export function isLabel(one: string, other: string): boolean {
  return foldLabel(one) === foldLabel(other);
}

/** Whether a label is among those that an issue has. */
export function hasLabel(labels: string[], label: string): boolean {
  return labels.some((one) => isLabel(one, label));
}

function foldLabel(name: string): string {
  return name.trim().normalize("NFC").toLowerCase();
}
