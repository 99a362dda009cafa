/**
 * The variables of `ours`, each merged into the one of theirs of the same name where both hold a JSON object: an operator
 * names the model in the variable in which we name its address.
 */
export function mergeSettings(
  theirs: Record<string, string>,
  ours: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ours).map(([name, value]) => {
      const [before, after] = [objectIn(theirs[name]), objectIn(value)];
      return [name, before && after ? JSON.stringify(mergeFields(before, after)) : value];
    }),
  );
}

type Fields = Record<string, unknown>;

function mergeFields(theirs: Fields, ours: Fields): Fields {
  const inner = Object.entries(ours).map(([key, value]) => {
    const before = theirs[key];
    return [key, isFields(before) && isFields(value) ? mergeFields(before, value) : value];
  });
  return { ...theirs, ...Object.fromEntries(inner) };
}

function objectIn(text: string | undefined): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
