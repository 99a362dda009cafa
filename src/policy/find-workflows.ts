import picomatch from "picomatch";
import { parse } from "yaml";
import type { ExposedWorkflow } from "../domain/rules/protection.ts";
import { isTooDeep } from "./is-too-deep.ts";

/** Where GitHub looks for workflows; folders below it count nothing. */
export const workflowFolder = ".github/workflows";

/** A longer text is no workflow that anybody wrote, in characters. */
const longest = 256 * 1024;

/** The branch that the agent's work is published on, and the one that it is to be merged into. */
export type WorkflowBranches = { branch: string; base: string };

/**
 * The workflow if it would run the agent's branch with secrets, or with a token that may write (SPEC section 9). An App's
 * push starts workflows as a person's does. A text that is no workflow is none.
 */
export function findExposed(
  { path, text }: { path: string; text: string },
  branches: WorkflowBranches,
): ExposedWorkflow | undefined {
  const workflow = readWorkflow(text);
  const event = workflow && Object.keys(workflow.on).find((name) => runsBranch(name, workflow, branches));
  if (!workflow || !event) return undefined;
  const holds = holdsOf(text, event);
  return holds.length > 0 ? { path, event, holds } : undefined;
}

type Filters = { branches?: unknown; "branches-ignore"?: unknown; tags?: unknown; types?: unknown };
type Workflow = { on: Record<string, Filters>; text: string };

function readWorkflow(text: string): Workflow | undefined {
  if (text.length > longest || isTooDeep(text)) return undefined;
  const read = parseWorkflow(text);
  const on = isRecord(read) ? read.on : undefined;
  if (typeof on === "string") return { on: { [on]: {} }, text };
  if (Array.isArray(on)) return { on: Object.fromEntries(on.map((name) => [String(name), {}])), text };
  if (!isRecord(on)) return undefined;
  const filters = Object.entries(on).map(([name, value]) => [name, isRecord(value) ? value : {}]);
  return { on: Object.fromEntries(filters), text };
}

function parseWorkflow(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 20, logLevel: "error" });
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The events that run the branch itself. Those of the default branch run it only where they check it out. */
function runsBranch(event: string, { on, text }: Workflow, { branch, base }: WorkflowBranches): boolean {
  const filters = on[event] ?? {};
  switch (event) {
    case "push":
      return admits(filters, branch) && !(filters.tags !== undefined && filters.branches === undefined);
    case "create":
      return true;
    case "pull_request":
      return admits(filters, base) && !isOfEndAlone(filters);
    case "pull_request_review":
    case "pull_request_review_comment":
      return true;
    case "pull_request_target":
      return admits(filters, base) && !isOfEndAlone(filters) && takesHead.test(text);
    case "workflow_run":
      return /workflow_run\s*\.\s*head_|download-artifact|\bgh run download\b/.test(text);
    case "issue_comment":
    case "issues":
      return takesHead.test(text);
    default:
      return false;
  }
}

/** What a workflow of the default branch names where it takes a pull request's own code. */
const takesHead = /pull_request\s*\.\s*head\b|\bhead_ref\b|refs\/pull\/|\bgh pr checkout\b|merge_commit_sha/;

/** A workflow that runs when a pull request is closed runs after a person's decision. */
function isOfEndAlone({ types }: Filters): boolean {
  const named = [types ?? []].flat().map(String);
  return named.length > 0 && named.every((type) => type === "closed");
}

function admits(filters: Filters, branch: string): boolean {
  if (filters.branches !== undefined) return lastWord(filters.branches, branch);
  if (filters["branches-ignore"] !== undefined) return !lastWord(filters["branches-ignore"], branch);
  return true;
}

/** Of a list the last pattern that fits counts; one that begins with `!` takes away. */
function lastWord(patterns: unknown, branch: string): boolean {
  const fitting = [patterns]
    .flat()
    .map(String)
    .findLast((pattern) => isLike(pattern.replace(/^!/, ""), branch));
  return fitting !== undefined && !fitting.startsWith("!");
}

/** A pattern that takes long to compare is taken to fit: a false alarm harms less. */
function isLike(pattern: string, branch: string): boolean {
  if (pattern.length > 200 || (pattern.match(/\*+/g) ?? []).length > 6) return true;
  return picomatch.isMatch(branch, pattern, { dot: true, noextglob: true, nobrace: true });
}

/** What a thief would find: named secrets, all of them, or rights of the workflow's token. */
function holdsOf(text: string, event: string): string[] {
  const named = [...text.matchAll(/\bsecrets\s*(?:\.\s*|\[\s*['"])(?<name>[A-Za-z_]\w*)/g)]
    .map(({ groups }) => groups?.name ?? "")
    .filter((name) => name.toUpperCase() !== "GITHUB_TOKEN");
  const all = /^\s*secrets:\s*inherit\s*$/m.test(text) || /toJSON\(\s*secrets\s*\)/i.test(text);
  const rights = [...text.matchAll(/^\s*["']?(?<right>[a-z-]+)["']?:\s*write\s*$/gm)].map(
    ({ groups }) => `${groups?.right}: write`,
  );
  const token = /^\s*permissions:\s*write-all\s*$/m.test(text) ? ["permissions: write-all"] : [];
  // Where nobody narrowed it, the token of these events may write, whatever the repository's settings are.
  const isElevated = ["pull_request_target", "workflow_run", "issue_comment", "issues"].includes(event);
  const wide = isElevated && !/^\s*permissions:/m.test(text) ? ["a token that may write"] : [];
  return [...new Set([...(all ? ["all secrets"] : []), ...named, ...token, ...rights, ...wide])];
}
