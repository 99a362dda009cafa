import { z } from "zod";

const Manifest = z.object({ scripts: z.record(z.string(), z.unknown()).default({}) });

/** The names of the scripts of a `package.json`; undefined where it cannot be read, so that nothing is known. */
export function scriptsOf(text: string): string[] | undefined {
  try {
    return Object.keys(Manifest.parse(JSON.parse(text)).scripts);
  } catch {
    return undefined;
  }
}

/** The targets of a Makefile; undefined where some come from elsewhere or by a pattern, so that not all are known. */
export function makeTargetsOf(text: string): string[] | undefined {
  const lines = text.split("\n").filter((line) => !/^[\t#]/.test(line));
  if (lines.some((line) => /^(?:-|s)?include\s/.test(line) || line.includes("$(eval"))) return undefined;
  const names = lines.flatMap(ruleNames);
  return names.some((name) => /[%$]/.test(name)) ? undefined : [...new Set(names)];
}

/** What stands before the colon of a rule; an assignment has an equals sign before or right behind it. */
function ruleNames(line: string): string[] {
  const colon = line.indexOf(":");
  const before = line.slice(0, Math.max(colon, 0));
  const isRule = colon > 0 && !before.includes("=") && !/^::?:?=/.test(line.slice(colon, colon + 4));
  return isRule ? before.split(/\s+/).filter((name) => name !== "") : [];
}
