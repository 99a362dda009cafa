/** Values by their key, each list in the order of the values; an empty key belongs to nobody. */
export function groupBy<Value>(
  values: Iterable<Value>,
  keyOf: (value: Value) => string,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else if (key) groups.set(key, [value]);
  }
  return groups;
}
