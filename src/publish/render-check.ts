import { withoutLogText } from "../domain/attestation/statement.ts";
import { nameCommands } from "../domain/evidence/describe-commands.ts";
import type { Evidence } from "../domain/evidence/evidence.ts";
import { codeBlock } from "../domain/text/escape-markdown.ts";
import type { CheckReport } from "../ports/github.ts";
import { verdictSayings } from "../views/tones.ts";
import { checkConclusions } from "./check-conclusions.ts";
import { renderStatements, type ShownStatements } from "./render-statements.ts";

/** GitHub's limit on a check run's text is 65,535 characters; this leaves room for what stands around the evidence. */
const maxEvidence = 48_000;
const maxLog = 12_000;

/**
 * The check run's words: the result, the signed statements, the log's tail and the whole evidence, so that no server of
 * ours is needed.
 */
export function renderCheck({
  evidence,
  text,
  questions,
  signed,
}: {
  evidence: Evidence;
  text: string;
  questions: string[];
  signed?: ShownStatements | undefined;
}): Pick<CheckReport, "conclusion" | "title" | "summary" | "text"> {
  const check = evidence.checks.find(({ name }) => name === "validation");
  const { validation } = evidence;
  return {
    conclusion: checkConclusions[check?.status ?? "not measured"],
    title: check?.line ?? "The validation command was not run.",
    summary: [
      `Verdict: **${verdictSayings[evidence.verdict].words}**. Measured on tree \`${evidence.tree}\`${
        validation ? ` with ${nameCommands(validation.command)}` : ""
      }.`,
      ...(signed ? renderStatements(signed) : []),
    ].join("\n\n"),
    text: [
      ...questions,
      "### End of the output",
      codeBlock(validation?.exit.log.tail.slice(-maxLog) ?? "Not measured."),
      "### evidence.json",
      ...shownEvidence(text),
    ].join("\n\n"),
  };
}

/** All of it, byte for byte, where that fits; else what is not the logs' own text, else where it is. */
function shownEvidence(text: string): string[] {
  const whole = text.trimEnd();
  if (whole.length <= maxEvidence) return [codeBlock(whole)];
  const rest = withoutLogText(text);
  if (rest.length > maxEvidence) return ["Too long to show; it is kept on the server."];
  return ["Without the logs' own text; the whole of it is kept on the server.", codeBlock(rest)];
}
