import { codeBlock, inlineCode } from "../domain/escape-markdown.ts";
import type { Check, Evidence } from "../domain/evidence.ts";
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
export function renderCheck(
  evidence: Evidence,
): Pick<CheckReport, "conclusion" | "title" | "summary" | "text"> {
  const check = evidence.checks.find(({ name }) => name === "validation");
  const { validation } = evidence;
  const json = JSON.stringify(evidence, null, 2);
  return {
    conclusion: conclusions[check?.status ?? "not measured"],
    title: check?.line ?? "The validation command was not run.",
    summary: `Verdict: **${evidence.verdict}**. Measured on tree \`${evidence.tree}\`${
      validation ? ` with ${inlineCode(validation.command)}` : ""
    }.`,
    text: [
      "### End of the output",
      codeBlock(validation?.exit.log.tail.slice(-maxLog) ?? "Not measured."),
      "### evidence.json",
      json.length > maxEvidence ? "Too long to show; it is kept on the server." : codeBlock(json),
    ].join("\n\n"),
  };
}
