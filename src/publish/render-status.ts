import { splitQuote } from "../domain/evidence/end-of-output.ts";
import { failures } from "../domain/task/failure.ts";
import { newestProof } from "../domain/task/newest-proof.ts";
import { standingHold } from "../domain/task/standing.ts";
import { isEnded, isUnderWay, type TaskState } from "../domain/task/state.ts";
import { type Attempt, currentAttempt, type Task, withheldReasons } from "../domain/task/task.ts";
import { marker } from "../domain/task/task-id.ts";
import { codeBlock, escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";
import { plural } from "../domain/text/plural.ts";
import { failureAdvice, isCompleted, nextMove } from "../views/next-move.ts";
import { stateSaying, verdictSayings } from "../views/tones.ts";
import {
  renderCost,
  renderOutcome,
  renderRegistries,
  renderSeconds,
  renderTurns,
} from "./render-agent-facts.ts";
import { renderBranchLeft } from "./render-branch-left.ts";
import { renderDrafts } from "./render-drafts.ts";
import { renderDuplicates } from "./render-duplicates.ts";
import { renderHold } from "./render-hold.ts";
import { renderMove } from "./render-next.ts";
import { renderNothing } from "./render-nothing.ts";
import { renderProtection } from "./render-protection.ts";
import { renderRepairs } from "./render-repairs.ts";
import { renderMissingSubmodules } from "./render-submodules.ts";
import { renderTrial } from "./render-trial.ts";
import { renderTaken } from "./render-trim.ts";
import { type PlaceInLine, renderTurn } from "./render-turn.ts";

/** Of thousands of reasons not to publish a few are enough, each in so many characters. */
const maxReasons = 10;
const maxReason = 500;

/** What the status comment is made of besides the task: the brief as understood or its repair, and its place in line. */
export type StatusFacts = PlaceInLine & { label: string; briefPart: string };

/** Whether the comment names the label that asks for work, which is read for it then. */
export function namesLabel({ state }: Pick<Task, "state">): boolean {
  return !unlabelled.includes(state);
}

const unlabelled: TaskState[] = [
  "queued",
  "running",
  "proposed",
  "correcting",
  "ended: failed",
  "ended: merged",
];

/** The one comment on the issue: state, what happens next, the brief as understood or its repair. */
export function renderStatus(task: Task, facts: StatusFacts): string {
  return [
    marker(task.id, "status"),
    `**Drafthorse** · ${headline(task)}`,
    ...(task.notice ? [`> ${escapeMarkdown(task.notice)}`] : []),
    ...strangerLines(task),
    whatHappens(task, facts),
    ...renderBranchLeft(task),
    ...holdLines(task, facts.label),
    ...renderDuplicates(task),
    ...renderDrafts(task),
    ...renderProtection(task),
    ...editLines(task),
    ...withheldLines(task),
    ...failureLines(task),
    ...whatComesNext(task, facts.label),
    ...submoduleLines(task),
    ...renderTrial(task),
    ...renderTaken(task),
    task.attempts.map(attemptLine).filter(Boolean).join("\n"),
    ...agentsWays(task),
    ...agentsWords(task),
    facts.briefPart,
  ]
    .filter(Boolean)
    .join("\n\n");
}

function strangerLines({ strangers = [] }: Task): string[] {
  const names = strangers.map((login) => inlineCode(`@${login}`)).join(", ");
  return names === "" ? [] : [`> ${names} may not ask for this: it takes write access.`];
}

/** What people now read on the issue is not what runs. */
function editLines({ state, brief, edited, issue }: Task): string[] {
  if (!brief || !edited || isEnded(state)) return [];
  const hash = brief.sha256.slice(0, 12);
  const text = `> The issue was edited after acceptance; the frozen brief \`${hash}\` is what runs.`;
  const title = `> Its title was edited after acceptance; ${inlineCode(issue.title)} is the one that counts.`;
  return [...(edited.body === issue.body ? [] : [text]), ...(edited.title === undefined ? [] : [title])];
}

function headline(task: Task): string {
  const { sign, words } = stateSaying(task);
  return isCompleted(task)
    ? `${sign} The brief is complete, and nobody who may ask has asked for it`
    : `${sign} ${words}`;
}

/** What happens by itself, or has come of it. */
function whatHappens(task: Task, facts: StatusFacts): string {
  const pull = task.pullRequest ? `#${task.pullRequest}` : "the pull request";
  const told: Record<TaskState, string> = {
    incomplete: "Nothing was started.",
    queued:
      facts.ahead === 0
        ? "Next in line; it starts when a worker is free."
        : `${plural(facts.ahead, "task")} before it.`,
    held: ["It starts when what holds it is gone.", ...renderTurn(task, facts)].join(" "),
    running: "An agent is at work. `/cancel` stops it and keeps its work.",
    proposed: verdictOf(task, pull),
    correcting: `An agent is correcting ${pull}.`,
    "ended: cancelled": keptWork(task),
    "ended: nothing-changed": renderNothing(task),
    "ended: withheld": `Nothing was published. ${withheldWords(task)} ${keptWork(task)}`,
    "ended: failed": keptWork(task),
    "ended: rejected": "",
    "ended: merged": "Nothing is left to do.",
  };
  return told[task.state].trim();
}

/** What the newest commit came to, which the pull request tells in full. */
function verdictOf(task: Task, pull: string): string {
  const verdict = newestProof(task)?.evidence.verdict;
  return verdict ? `The verdict of ${pull} is **${verdictSayings[verdict].words}**.` : `${pull} is open.`;
}

/** A hold says below what ends it. */
function whatComesNext(task: Task, label: string): string[] {
  const next = nextMove(task, { on: "github", label: label || undefined });
  return next?.releases ? [] : renderMove(next);
}

function holdLines(task: Task, label: string): string[] {
  const hold = standingHold(task);
  return hold ? [renderHold(hold, label)] : [];
}

function failureLines(task: Task): string[] {
  if (!task.failure || isUnderWay(task)) return [];
  const { kind, cause } = task.failure;
  const { said, quoted } = splitQuote(cause);
  return [
    `**Cause** (${kind}, owner: ${failures[kind].whose}): ${escapeMarkdown(said)}`,
    ...(quoted === undefined ? [] : [codeBlock(quoted)]),
    ...(task.state === "proposed" ? [failureAdvice(task, kind, { on: "github" })] : []),
  ];
}

/** Who knows what is missing can stop the agent in time. */
function submoduleLines(task: Task): string[] {
  return task.state === "running" ? renderMissingSubmodules(currentAttempt(task)?.base) : [];
}

/** A correction that was withheld leaves the pull request as it was, which somebody has to be told. */
function withheldLines(task: Task): string[] {
  const { number = 1, commit } = currentAttempt(task) ?? {};
  if (task.state !== "proposed" || number === 1 || commit) return [];
  const why = withheldWords(task);
  return why
    ? [`🛑 **The correction was withheld**, nothing of it was published. ${why} ${keptWork(task)}`]
    : [];
}

function withheldWords(task: Task): string {
  const reasons = withheldReasons(task);
  const shown = reasons.slice(0, maxReasons).map((reason) => escapeMarkdown(reason.slice(0, maxReason)));
  const more = reasons.length > maxReasons ? [`And ${reasons.length - maxReasons} more.`] : [];
  return [...shown, ...more].join(" ");
}

function keptWork(task: Task): string {
  const attempt = currentAttempt(task);
  if (attempt?.commit) return `The work is on the branch ${branchLink(task)}.`;
  // More files than anybody can look at are not listed, but kept they are.
  if (attempt?.change && attempt.change.tree !== attempt.change.base.tree)
    return `The work is kept on the server as the artefact ${inlineCode(attempt.change.pack)}.`;
  return "";
}

/** A link relative to the issue's own page, so that it is right whatever the server and the repository's name. */
function branchLink({ branch, attempts, repository }: Task): string {
  const base = attempts[0]?.base?.ref ?? repository.defaultBranch;
  return `[${inlineCode(branch)}](../compare/${encodeURIComponent(base)}...${encodeURIComponent(branch)})`;
}

/** What nobody reported or counted is left out: nobody can act upon it. */
function attemptLine({ number, agent, evidence }: Attempt): string {
  if (!agent) return "";
  const why = agent.outcome === "finished" ? "" : `: ${escapeMarkdown(agent.cause)}`;
  const facts = [
    evidence ? `verdict **${verdictSayings[evidence.verdict].words}**` : "no verdict",
    `agent ${inlineCode(agent.name)} ${renderOutcome(agent)} after ${renderSeconds(agent)} s${why}`,
    renderRepairs(agent),
    ...(agent.costUsd == null ? [] : [`cost ${renderCost(agent)}`]),
    ...(agent.turns == null ? [] : [`turns ${renderTurns(agent)}`]),
  ];
  return `- Attempt ${number}: ${facts.filter(Boolean).join(" · ")}`;
}

/** With a pull request its body says so. */
function agentsWays(task: Task): string[] {
  const { agent } = currentAttempt(task) ?? {};
  return agent && !task.pullRequest ? renderRegistries(agent) : [];
}

/** Without a pull request there is no other place to read why the agent ended; its words are quoted, not vouched for. */
function agentsWords(task: Task): string[] {
  const said = currentAttempt(task)?.agent;
  if (!said || task.pullRequest || !isEnded(task.state)) return [];
  return [
    `<details><summary>What the agent said at the end (quoted, not measured)</summary>\n\n${codeBlock(said.summary || said.cause)}\n\n</details>`,
  ];
}
