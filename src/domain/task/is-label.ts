/** Whether two names mean the same label: for GitHub their case says nothing. */
export function isLabel(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** Whether a label is among those that an issue has. */
export function hasLabel(labels: string[], label: string): boolean {
  return labels.some((one) => isLabel(one, label));
}

function plain(name: string): string {
  return name.trim().normalize("NFC").toLowerCase();
}
