import type { Trim, TrimmedPath } from "../domain/evidence/change.ts";
import { currentAttempt, type Task } from "../domain/task/task.ts";
import { codeBlock, inlineCode } from "../domain/text/escape-markdown.ts";
import { shortenPath } from "./render-files.ts";

/** More names than this belong into the evidence. */
const maxNames = 10;

const reasons: Record<TrimmedPath["why"], string> = {
  stray: "a leftover",
  protected: "protected",
  never: "never to be touched",
  link: "a link that leads out",
};

/** What was put back, to be applied by a person who wants it; with more than `quote` characters it is only named. */
export function renderPatch(task: Task, quote: number): string[] {
  const patch = task.attempts.findLast((attempt) => attempt.commit)?.change?.trimmed?.patch;
  if (!patch) return [];
  const { artefact, bytes, sha256, text } = patch;
  const kept = `Kept on the server as ${inlineCode(artefact)}, ${bytes} bytes, SHA-256 \`${sha256}\`.`;
  const shown = text !== null && text.length <= quote ? [codeBlock(text, "diff")] : [];
  return [
    ["<details><summary>What was put back, as a patch</summary>", ...shown, kept, "</details>"].join("\n\n"),
  ];
}

/** What was taken out of work that nobody finds on a pull request; nothing while an agent is at it. */
export function renderTaken(task: Task): string[] {
  const attempt = currentAttempt(task);
  const trimmed = attempt?.change?.trimmed;
  const isAtWork = task.state === "running" || task.state === "correcting";
  if (!trimmed || trimmed.paths.length === 0 || attempt.commit || isAtWork) return [];
  return [`**Taken out** of what the agent left: ${renderNames(trimmed)}.${renderKept(trimmed)}`];
}

function renderNames({ paths }: Trim): string {
  const names = paths
    .slice(0, maxNames)
    .map(({ path, why }) => `${inlineCode(shortenPath(path))} (${reasons[why]})`);
  const more = paths.length - names.length;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function renderKept({ patch }: Trim): string {
  return patch ? ` The patch is kept on the server as ${inlineCode(patch.artefact)}.` : "";
}
