import { nameCommands } from "../domain/evidence/describe-commands.ts";
import type { Check, Evidence } from "../domain/evidence/evidence.ts";
import { codeBlock } from "../domain/text/escape-markdown.ts";
import type { CheckReport } from "../ports/github.ts";

/** GitHub's limit on a check run's text is 65,535 characters; this leaves room for what stands around the evidence. */
const maxEvidence = 48_000;
const maxLog = 12_000;

/** An unmeasured validation is never green and never red: somebody has to look. */
const conclusions: Record<Check["status"], CheckReport["conclusion"]> = {
  pass: "success",
  attention: "neutral",
  fail: "failure",
  "not measured": "action_required",
};

/** The check run's words: the result, the log's tail and the whole evidence, so that no server of ours is needed. */
export function renderCheck({
  evidence,
  text,
  questions,
}: {
  evidence: Evidence;
  text: string;
  questions: string[];
}): Pick<CheckReport, "conclusion" | "title" | "summary" | "text"> {
  const check = evidence.checks.find(({ name }) => name === "validation");
  const { validation } = evidence;
  return {
    conclusion: conclusions[check?.status ?? "not measured"],
    title: check?.line ?? "The validation command was not run.",
    summary: `Verdict: **${evidence.verdict}**. Measured on tree \`${evidence.tree}\`${
      validation ? ` with ${nameCommands(validation.command)}` : ""
    }.`,
    text: [
      ...questions,
      "### End of the output",
      codeBlock(validation?.exit.log.tail.slice(-maxLog) ?? "Not measured."),
      "### evidence.json",
      ...shownEvidence(evidence, text),
    ].join("\n\n"),
  };
}

/** All of it, byte for byte, where that fits; else what is not the logs' own text, else where it is. */
function shownEvidence(evidence: Evidence, text: string): string[] {
  const whole = text.trimEnd();
  if (whole.length <= maxEvidence) return [codeBlock(whole)];
  const isLog = (key: string): boolean => key === "head" || key === "tail";
  const rest = JSON.stringify(evidence, (key, value) => (isLog(key) ? undefined : value), 2);
  if (rest.length > maxEvidence) return ["Too long to show; it is kept on the server."];
  return ["Without the logs' own text; the whole of it is kept on the server.", codeBlock(rest)];
}
