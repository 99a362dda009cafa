/** Parts of a command that make a run of tests check less; `name` says what they do. */
const parts: [RegExp, string][] = [
  [/\|\|\s*(true|:|exit 0|echo\b[^|&;]*)(?=\s|$|")/g, "cannot fail any more"],
  [/;\s*(true|exit 0)(?=\s|$)/g, "cannot fail any more"],
  [/--pass-?with-?no-?tests/gi, "passes without any test"],
  [
    /--(no-check-coverage|allow-incomplete-coverage|disable-coverage|no-cov-on-fail|no-fail-on-empty-test-suite)\b/g,
    "no longer holds the coverage to a threshold",
  ],
  [/--(ignore|deselect|ignore-glob|testPathIgnorePatterns|ignore-pattern)[= ]\S+/g, "leaves tests out"],
  [/(?:^|\s)(?:-k|-m)[= ]?["']?not\s[^"'&|]*/g, "leaves tests out"],
  [/\bvitest\b[^|&;]*--exclude[= ]\S+/g, "leaves tests out"],
  [/--(skip|grep-invert|invert)\b[= ]?\S*/g, "leaves tests out"],
];

const doesNothing = /^\s*(exit 0|true|:|echo\b[^&|;]*|node -e ["']["'])\s*$/;

/** Says in which ways a command checks less than the one before it. */
export function commandWeaknesses(before: string, after: string): string[] {
  if (doesNothing.test(after) && !doesNothing.test(before)) return ["now runs nothing"];
  const found = parts.flatMap(([part, name]) =>
    (after.match(part)?.length ?? 0) > (before.match(part)?.length ?? 0) ? [name] : [],
  );
  return [...new Set([...found, ...lowered(before, after)])];
}

function lowered(before: string, after: string): string[] {
  const findings: string[] = [];
  const [was, is] = [thresholdsOf(before), thresholdsOf(after)];
  for (const [name, value] of was) {
    const now = is.get(name) ?? is.get("all");
    if (now !== undefined && now < value)
      findings.push(`the threshold of ${name} was lowered from ${value} to ${now}`);
  }
  if (was.size > 0 && is.size === 0 && sameRunner(before, after))
    findings.push("no longer asks for a coverage threshold");
  return findings;
}

function thresholdsOf(command: string): Map<string, number> {
  const found = new Map<string, number>();
  if (/--100\b/.test(command)) found.set("all", 100);
  for (const { groups } of command.matchAll(
    /--(?<name>lines|branches|functions|statements|cov-fail-under|fail-under|test-coverage-\w+)[= ](?<value>\d+)/g,
  ))
    found.set(groups?.name ?? "", Number(groups?.value));
  return found;
}

/** A command that calls another script or another tool may keep its threshold there. */
function sameRunner(before: string, after: string): boolean {
  const runners = /\b(jest|vitest|nyc|c8|tap|mocha|pytest|borp|ava|node --test)\b/g;
  const left = new Set(after.match(runners));
  return (before.match(runners) ?? []).every((runner) => left.has(runner));
}
