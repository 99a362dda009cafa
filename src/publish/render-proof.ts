import type { AssertionRun } from "../domain/evidence/assertion-trial.ts";
import { nameCommands, unrunCommands } from "../domain/evidence/describe-commands.ts";
import { describeTestsShortly } from "../domain/evidence/describe-tests.ts";
import type { Evidence, Measurement } from "../domain/evidence/evidence.ts";
import { describeSkippedSteps } from "../domain/task/describe-skipped-steps.ts";
import type { Attempt } from "../domain/task/task.ts";
import { codeBlock, inlineCode } from "../domain/text/escape-markdown.ts";
import { folded } from "./folded.ts";
import { renderRegistries } from "./render-agent-facts.ts";
import { renderMoved } from "./render-conflicts.ts";
import { renderFiles } from "./render-files.ts";
import { renderSubmodules } from "./render-submodules.ts";

/** The runs before and after, folded, with at most `quote` characters of their output; nothing where nothing ran. */
export function renderRuns(evidence: Evidence, quote: number): string[] {
  const { validation, validationAgain, agent } = evidence;
  if (!validation && !evidence.baseline) return [];
  return [
    folded("What ran, before and after", [
      nameCommands((validation ?? evidence.baseline)?.command ?? ""),
      measurementTable(evidence),
      ...(validation?.commands ? [commandTable(validation, validation.commands)] : []),
      ...(validation ? logBlock("Output of the validation", { measurement: validation, quote }) : []),
      ...(validationAgain
        ? logBlock("Output of its second run", { measurement: validationAgain, quote: quote / 4 })
        : []),
      ...renderRegistries(agent),
    ]),
  ];
}

/** One row for each run; a column is there only where it has something to say. */
function measurementTable(evidence: Evidence): string {
  const { validation, validationAgain, baseline, baselineAgain } = evidence;
  const { proofOfTest, baseTests, baseTestsAgain, covered, elsewhere } = evidence;
  const rows = [
    ...(baseline ? [measurementRow("before (base)", baseline)] : []),
    ...(baselineAgain ? [measurementRow("before, again", baselineAgain)] : []),
    ...(validation ? [measurementRow("after (this change)", validation)] : []),
    ...(validationAgain ? [measurementRow("after, again", validationAgain)] : []),
    ...(proofOfTest ? [measurementRow("base with the new tests", proofOfTest)] : []),
    ...(baseTests ? [measurementRow("after, with the base's tests", baseTests)] : []),
    ...(baseTestsAgain ? [measurementRow("the same, again", baseTestsAgain)] : []),
    ...(evidence.assertions?.runs ?? []).map(assertionRow),
    ...(covered ? [measurementRow("after, watched for its lines", covered)] : []),
    ...(elsewhere?.change ?? []).map((run) => measurementRow("after, with other surroundings", run)),
    ...(elsewhere?.base ?? []).map((run) => measurementRow("before, with other surroundings", run)),
  ];
  const filled = (at: number) => rows.some((row) => row[at] !== "");
  const line = (cells: string[]) =>
    `| ${cells.filter((_, at) => at !== countsColumn || filled(at)).join(" | ")} |`;
  const head = ["", "exit", "tests, as the run says", "seconds", "tree"];
  return [head, head.map(() => "---"), ...rows]
    .map(line)
    .join("\n")
    .replace(/^\| {2}\|/, "| |");
}

function assertionRow({ exitCode, endedBy, durationMs, tree, broken }: AssertionRun): string[] {
  const what = broken.length === 0 ? "its test files stopped" : `${broken.length} of its assertions broken`;
  const exit = `\`${endedBy === "itself" ? (exitCode ?? "a signal") : endedBy}\``;
  return [`after, with ${what}`, exit, "", (durationMs / 1000).toFixed(1), `\`${tree.slice(0, 12)}\``];
}

/** One row for each command of the change's run, where there are several; those after one that failed were not run. */
function commandTable(run: Measurement, commands: NonNullable<Measurement["commands"]>): string {
  const rows = commands.map((one) => [
    inlineCode(one.command),
    `\`${one.endedBy === "itself" ? (one.exitCode ?? one.signal) : one.endedBy}\``,
    (one.durationMs / 1000).toFixed(1),
  ]);
  const unrun = unrunCommands(run).map((command) => [inlineCode(command), "not run", ""]);
  return [["after, by command", "exit", "seconds"], ["---", "---", "---"], ...rows, ...unrun]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

const countsColumn = 2;

/** What folds away below: the files, the agent's own words as such, and how to do it again. */
export function renderDetails(
  { agent, base, validation, files, briefSha256, setup, skippedSteps = [] }: Evidence,
  { branch, quote, merge }: { branch: string; quote: number; merge: Attempt["merge"] },
): string[] {
  const commands = [
    `git fetch origin ${branch}`,
    "git checkout FETCH_HEAD",
    base.submodules ? "git submodule update --init --recursive" : undefined,
    setup?.failed ? undefined : setup?.run,
    validation?.command,
  ];
  return [
    renderFiles(files),
    ...(agent.summary.trim() && quote > 0
      ? [
          folded("What the agent says of its work (quoted, not measured)", [
            codeBlock(endOfText(agent.summary, quote), "text"),
          ]),
        ]
      : []),
    folded("How to reproduce it", [
      codeBlock(commands.filter((line) => line !== undefined).join("\n"), "sh"),
      ...(setup?.guessedFrom
        ? [
            setup.failed
              ? `No set-up ran: ${inlineCode(setup.run)}, guessed from ${setup.guessedFrom.map(inlineCode).join(", ")}, failed on the base.`
              : `The set-up was guessed from ${setup.guessedFrom.map(inlineCode).join(", ")}.`,
          ]
        : []),
      ...(skippedSteps.length > 0 ? [describeSkippedSteps(skippedSteps, setup?.guessedFrom ?? [])] : []),
      ...renderSubmodules(base),
      "`evidence.json`, from which all of this was made, is in the check run `drafthorse/validation` as far as there is room; in a clone, `npx drafthorse verify` and the address of this pull request says line by line what of it holds, and with `--again` runs it there.",
      `Base: ${inlineCode(base.ref)} at \`${base.commit}\`.${renderMoved({ commit: base.commit, merge })} Brief: \`${briefSha256.slice(0, 12)}\`.`,
    ]),
  ];
}

function measurementRow(name: string, measurement: Measurement): string[] {
  const { exit, tree, cut, earlier } = measurement;
  const ended = exit.endedBy === "itself" ? (exit.exitCode ?? exit.signal) : exit.endedBy;
  const code = `\`${ended}\`${cut ? " (cut short)" : ""}`;
  const tests = describeTestsShortly(measurement);
  const seconds = (exit.durationMs / 1000).toFixed(1);
  const short = `\`${tree.slice(0, 12)}\``;
  return [earlier ? `${name}, measured earlier` : name, code, tests, seconds, short];
}

/** A run that wrote nothing is quoted as nothing. */
function logBlock(
  title: string,
  { measurement, quote }: { measurement: Measurement; quote: number },
): string[] {
  const { exit, sandbox, log } = measurement;
  const { tail, bytes, sha256 } = exit.log;
  const shown = endOfText(tail, quote);
  const cut =
    shown === tail && tail.length >= bytes ? "" : ` (its end; all ${bytes} bytes are kept on the server)`;
  return [
    ...(sandbox === "none" ? ["⚠️ It was run **not sandboxed**."] : []),
    ...(shown.trim() === ""
      ? []
      : [
          folded(`${title}${cut}`, [
            codeBlock(shown, "text"),
            `SHA-256 of the whole log: \`${sha256}\`, kept on the server as ${inlineCode(log)}.`,
          ]),
        ]),
  ];
}

function endOfText(text: string, characters: number): string {
  return characters === 0 ? "" : text.slice(-characters);
}
