const named = "runs only the tests of some names";

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
  [/\b(jest|vitest)\b[^|&;]*\s(-t|--testNamePattern)[= ]/g, named],
  [/\b(pytest|py\.test)\b[^|&;]*\s(-k|-m)[= ]?(?!["']?not\b)/g, named],
  [/\b(mocha|playwright|cypress)\b[^|&;]*\s(-g|-f|--grep|--fgrep)[= ]/g, named],
  [/--test-name-pattern[= ]/g, named],
  [/\bgo test\b[^|&;]*\s--?run[= ]/g, named],
  [
    /\b(jest|mocha|pytest|py\.test|playwright|vitest|ctest)\b[^|&;]*\s(--listTests|--dry-run|--collect-only|--co|--list|--show-only|list)(?=\s|$|["'])/g,
    "lists the tests and runs none",
  ],
  [/\b(go test\b[^|&;]*\s--?(c|list)[= ]|cargo (test|nextest)\b[^|&;]*\s--no-run\b)/g, "runs no test"],
  [
    /\b(jest|vitest|ava|playwright)\b[^|&;]*\s(-u|--update|--update-?snapshots?)(?=[\s"']|$)/gi,
    "rewrites the snapshots instead of comparing them",
  ],
  [/[^|]\|\s*(tee|cat|head|tail|grep)\b/g, "ends as what it is piped into ends"],
  [/[^&>]&\s*["']?$/g, "is not waited for"],
  [/\bpython[\d.]*\s+(-\w+\s+)*-O/g, "runs without the assertions of Python"],
  // The value of a key in YAML is no command: a step that CI did not have before is no weaker than none.
  [
    /(?:(?<!:\s*["']?)--(?:import|require|loader|experimental-loader)[= ]|\bnode\s[^|&;]*-r )["']?\.{1,2}\/\S+/g,
    "loads a file of its own before the tests",
  ],
  [/--(retry|retries|reruns)[= ][1-9]/g, "tries again what failed"],
  [/--test-reporter[= ]["']?\.{1,2}\/\S+/g, "tells the results in words of its own"],
];

const doesNothing = /^\s*(exit 0|true|:|echo\b[^&|;]*|node -e ["']["'])\s*$/;

/** No command that somebody wrote is longer. */
const longest = 4_000;

/** Says in which ways a command checks less than the one before it. */
export function commandWeaknesses(...commands: [before: string, after: string]): string[] {
  const [before = "", after = ""] = commands.map((command) => command.slice(0, longest));
  if (doesNothing.test(after) && !doesNothing.test(before)) return ["now runs nothing"];
  const found = parts.flatMap(([part, name]) =>
    (after.match(part)?.length ?? 0) > (before.match(part)?.length ?? 0) ? [name] : [],
  );
  return [...new Set([...found, ...lowered(before, after)])];
}

const runners =
  /\b(jest|vitest|mocha|ava|tap|tape|borp|uvu|jasmine|karma|lab|qunit|playwright|cypress|wtr|tsd|pytest|tox|nox|unittest|node --test|(bun|deno|go|cargo) test)\b/;

/** What a script ran that it does not run any more: neither that runner, nor another one, nor anything named after tests. */
export function lostRunner(before: string, after: string): string[] {
  const [runner] = runners.exec(before) ?? [];
  const isElsewhere =
    runners.test(after) || /tests?\b|spec|\b(npm|yarn|pnpm|make|nx|turbo)\b|run-[sp]/.test(after);
  return runner && !isElsewhere ? [`no longer runs ${runner}`] : [];
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
