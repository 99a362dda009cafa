import { nameCommands } from "../domain/evidence/describe-commands.ts";
import { doAgree, testReadings, totalOf } from "../domain/evidence/describe-tests.ts";
import type { Check, Evidence } from "../domain/evidence/evidence.ts";
import { isGreenExit } from "../domain/evidence/is-green-exit.ts";
import type { TestCounts } from "../domain/evidence/test-counts.ts";
import { capital } from "../domain/text/capital.ts";
import { escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";
import { withoutStop } from "../domain/text/full-stop.ts";
import { plural } from "../domain/text/plural.ts";
import { describeCut } from "./describe-cut.ts";

/**
 * What was proved, in one sentence for a reader who does not know Drafthorse: what shows the change, how many tests pass,
 * how large the change is, and whether it is in scope. It says only what the evidence has: what nobody counted is left out.
 * `isOlder`: the branch has moved since.
 */
export function renderSummary(evidence: Evidence, isOlder = false): string {
  const clauses = [whatShows(evidence), ...howManyTests(evidence), howLarge(evidence)];
  const cut = describeCut(evidence.agent);
  const sentence = `${clauses.join("; ")}.`;
  if (cut) return `${cut} Of what it left: ${sentence}`;
  return isOlder ? `At that commit: ${sentence}` : capital(sentence);
}

function whatShows(evidence: Evidence): string {
  const { validation, base } = evidence;
  const check = rowOf(evidence, "validation");
  if (!validation || !check || check.status === "not measured")
    return ["the change was not measured", asClause(check?.line)].filter(Boolean).join(": ");
  const command = nameCommands(validation.command);
  const main = inlineCode(base.ref);
  if (check.status === "fail") return `${command} fails here${onBase(evidence, main)}`;
  if (check.status === "attention") return `${command} cannot be relied on: ${asClause(check.line)}`;
  return whyGreen(evidence, { command, main });
}

/** Whether a red result is old is the first question about it. */
function onBase(evidence: Evidence, main: string): string {
  const { baseline } = evidence;
  if (!baseline || rowOf(evidence, "baseline")?.status === "not measured") return "";
  return isGreenExit(baseline.exit) ? ` and passes on ${main}` : ` and on ${main} too`;
}

function whyGreen(evidence: Evidence, names: { command: string; main: string }): string {
  const { command } = names;
  const { status, line, reason } = rowOf(evidence, "shown") ?? { status: "pass", line: "" };
  const told = asClause(line);
  if (status === "attention" || reason === "nothing shown")
    return `${command} passes here, and shows ${told || "nothing"}`;
  if (status === "not measured") return `${command} passes here; what it shows is not known: ${told}`;
  return whatTurned(evidence, names);
}

function whatTurned(evidence: Evidence, { command, main }: { command: string; main: string }): string {
  const { baseline } = evidence;
  const tests = rowOf(evidence, "proof of test")?.status === "pass" ? testsThatShow(evidence) : undefined;
  if (baseline && !isGreenExit(baseline.exit))
    return `${command} fails on ${main} and passes here${tests ? `, with ${tests.name}` : ""}`;
  if (!tests) return `${command} passes here${baseline ? ` and on ${main}` : ""}`;
  return tests.one
    ? `${tests.name} fails on ${main} and passes here`
    : `${tests.name} fail on ${main} and pass here`;
}

/** The tests that are red on the base's code; they are new where at least as many were added as are red. */
function testsThatShow({ baseline, proofOfTest }: Evidence): { name: string; one: boolean } {
  const [before] = baseline ? testReadings(baseline) : [];
  const [now] = proofOfTest ? testReadings(proofOfTest) : [];
  const red = before && now ? now.failed - before.failed : 0;
  if (!before || !now || red < 1) return { name: "the tests of this change", one: false };
  const word = totalOf(now) - totalOf(before) >= red ? "new" : "changed";
  return red === 1 ? { name: `the ${word} test`, one: true } : { name: `${red} ${word} tests`, one: false };
}

function howManyTests(evidence: Evidence): string[] {
  const { validation } = evidence;
  const [counts] = validation ? testReadings(validation) : [];
  if (!validation || !counts?.whole || doAgree(validation) === false) return [];
  const status = rowOf(evidence, "validation")?.status;
  if (status === "pass") return passing(counts);
  const ran = counts.passed + counts.failed;
  return status === "fail" && counts.failed > 0
    ? [`${counts.failed} of ${plural(ran, "test")} ${counts.failed === 1 ? "fails" : "fail"}`]
    : [];
}

function passing({ passed, failed, skipped }: TestCounts): string[] {
  if (failed > 0 || passed === 0) return [];
  const aside = skipped > 0 ? `, ${skipped} skipped` : "";
  return [`${passed === 1 ? "the only test passes" : `all ${passed} tests pass`}${aside}`];
}

function howLarge(evidence: Evidence): string {
  const { files } = evidence;
  const counted = files.flatMap(({ lines }) => lines ?? []);
  const added = counted.reduce((sum, lines) => sum + lines.added, 0);
  const removed = counted.reduce((sum, lines) => sum + lines.removed, 0);
  const binary = files.filter(({ lines }) => lines === null).length;
  return [
    plural(files.length, "file"),
    ...(counted.length > 0 ? [`+${added} −${removed}`] : []),
    ...(binary > 0 ? [`${binary} binary`] : []),
    ...inScope(evidence),
  ].join(", ");
}

/** Nothing where no scope was declared: everything is in scope then. */
function inScope(evidence: Evidence): string[] {
  const scope = rowOf(evidence, "scope");
  if (scope?.status === "attention" || scope?.status === "fail") return ["not all in scope"];
  const isDeclared = scope?.status === "pass" && scope.reason !== "no scope";
  return isDeclared ? [evidence.files.length === 1 ? "in scope" : "all in scope"] : [];
}

function rowOf({ checks }: Evidence, name: Check["name"]): Check | undefined {
  return checks.find((check) => check.name === name);
}

/** A row's words as a part of a sentence. */
function asClause(line = ""): string {
  return escapeMarkdown(withoutStop(line.trim()));
}
