import {
  approvalCheck,
  type ExposedWorkflow,
  type Gap,
  type Protection,
} from "../domain/rules/protection.ts";
import { rulesetFor } from "../domain/rules/ruleset.ts";
import { isEnded } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";
import { codeBlock, inlineCode } from "../domain/text/escape-markdown.ts";
import { renderRulesetCommand } from "./render-ruleset-command.ts";

/** More workflows, and more names in one, than these help nobody; the rest is counted. */
const most = { workflows: 8, holds: 6, who: 6 };

/** What a person should know of the base before they rely on the review, and how it is mended; nothing where all is well. */
export function renderProtection(task: Task): string[] {
  const { protection, state, hold } = task;
  if (!protection || isEnded(state)) return [];
  const isTold = state === "held" && hold?.kind === "protection";
  return [
    ...(isTold ? [] : gateWarning(protection)),
    ...repair(protection, task),
    ...exposure(protection.workflows),
  ];
}

/** Of what nobody can see there is no need to speak before anything else, nor of a bypass that nobody may use. */
function gateWarning({ gaps, branch }: Protection): string[] {
  if (!gaps.some(isPressing)) return [];
  const head = `⚠️ **What gates the merge into ${inlineCode(branch)}**, at acceptance (\`/status\` looks again)`;
  return [`${head}:\n\n${listGaps(gaps, branch)}`];
}

function isPressing({ kind, measured }: Gap): boolean {
  return kind !== "bypass" || measured;
}

/** One line for each gap. */
export function listGaps(gaps: Gap[], branch: string): string {
  return gaps.map((gap) => `- ${describeGap(gap, branch)}`).join("\n");
}

/** What is missing, in one sentence. */
export function describeGap({ kind, measured, who = [] }: Gap, branch: string): string {
  const unseen = "it takes the App's optional permission `administration: read`";
  switch (kind) {
    case "reviews":
      return measured
        ? `No review is required to merge into ${inlineCode(branch)}.`
        : `Whether a review is required was not measured: ${unseen}, or a ruleset that requires one.`;
    case "stale":
      return measured
        ? "An approval stays valid when somebody pushes after it."
        : `Whether an approval outlives a push was not measured: ${unseen}.`;
    case "check":
      return `The check \`${approvalCheck}\` is not required.`;
    case "pin":
      return who.length > 0
        ? `The check \`${approvalCheck}\` is required from another App (${who.join(", ")}).`
        : `The check \`${approvalCheck}\` is required, but from anybody: a workflow could send it.`;
    case "bypass":
      return measured
        ? `May merge without it: ${who.slice(0, most.who).map(inlineCode).join(", ")}${andMore(who, most.who)}.`
        : "Who may bypass these rules was not measured: GitHub shows it to administrators, under Settings, Rules.";
  }
}

function repair(protection: Protection, { repository: { owner, name } }: Task): string[] {
  if (!protection.gaps.some(({ kind }) => kind !== "bypass")) return [];
  // Such a plan has no rules either, so that the command would be refused.
  if (protection.drafts === false)
    return [
      "The plan of this private repository has no rulesets, with which an administrator could mend it.",
    ];
  const at = `${owner}/${name}`;
  const command = renderRulesetCommand(at, rulesetFor(protection));
  // A name that a shell would read as more than a name is left for the person to write.
  const named = /^[\w./-]+$/.test(protection.branch) ? protection.branch : "BRANCH";
  const branch = protection.isDefault ? "" : ` --branch ${named}`;
  return [
    `<details><summary>An administrator mends it with one command</summary>\n\n\`npx drafthorse protect ${at}${branch} --apply\` with a token of their own as \`GITHUB_TOKEN\`, or:\n\n${codeBlock(command, "sh")}\n\n</details>`,
  ];
}

/** GitHub starts these as soon as the branch is there, before anybody has looked at it. */
function exposure(workflows: ExposedWorkflow[]): string[] {
  if (workflows.length === 0) return [];
  const rows = workflows.slice(0, most.workflows).map(({ path, event, holds }) => {
    const named = holds.slice(0, most.holds).map(inlineCode).join(", ");
    return `- ${inlineCode(path)}, by \`${event}\`, with ${named}${andMore(holds, most.holds)}`;
  });
  const rest = workflows.length - rows.length;
  if (rest > 0) rows.push(`- and ${rest} more`);
  const [one, they] =
    workflows.length === 1 ? ["This workflow runs", "it holds"] : ["These workflows run", "they hold"];
  return [
    `⚠️ **${one} the agent's branch as soon as it is published**, before a person has read it, and code on the branch can take what ${they}:\n\n${rows.join("\n")}`,
  ];
}

function andMore(all: string[], shown: number): string {
  return all.length > shown ? ` and ${all.length - shown} more` : "";
}
