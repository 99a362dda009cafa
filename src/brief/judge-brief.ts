import type { Policy } from "../domain/rules/policy.ts";
import { type Brief, commandsOf, type Problem } from "../domain/task/brief.ts";
import { renderBrief } from "./answer/render-brief.ts";
import { checkTargets, type TargetFacts } from "./command/check-targets.ts";
import { matchesAllow } from "./command/matches-allow.ts";
import { namedTargets } from "./command/named-targets.ts";
import { briefHash } from "./fields/brief-hash.ts";
import { type Field, limits } from "./fields/fields.ts";
import { renderProblem } from "./fields/render-problem.ts";
import { judgeReach } from "./judge-reach.ts";
import { judgeSensitive } from "./judge-sensitive.ts";
import { parseOnce } from "./parse-once.ts";

/** What a brief is held against besides its own text. */
export type BriefFacts = {
  /** Who asks for the work, and whether the author of the text may have any command run. */
  actor: string;
  authorMayWrite: boolean;
  policy: Pick<Policy, "validation" | "sensitive" | "paths">;
  /** The names by which agents can be chosen; absent where nobody knows them. */
  agents?: string[];
  /** The base commit, or the branch that there is not; absent where there is no repository to look at. */
  base?: TargetFacts | { missing: string };
};

/** A brief with its hash, or every problem that keeps the text from being one. */
export type Judgement = { brief: Brief; sha256: string } | { problems: Problem[] };

/** What can be judged of a text: the fields that were found without a problem, and where they stand. */
type FoundFields = { brief: Partial<Brief>; lines: Partial<Record<Field, number>> };

/** Judges a text as a brief; acceptance and `drafthorse check` answer alike because both ask here. */
export function judgeBrief(text: string, facts: BriefFacts): Judgement {
  const parsed = parseOnce(text);
  const { lines } = parsed;
  const unread = "problems" in parsed ? parsed.problems : [];
  const refused = new Set(unread.map(({ field }) => field));
  const given = "brief" in parsed ? parsed.brief : parsed.partial;
  // A refused command is there as what was probably meant, and what that names can be looked up already.
  const sound = Object.entries(given).filter(([field]) => field === "validation" || !refused.has(field));
  const found: FoundFields = { brief: Object.fromEntries(sound), lines };
  const problems = [
    ...unread,
    ...judgeCommand(found, facts),
    ...judgeBoundary(found, facts),
    ...judgeNames(found, facts),
    ...(refused.has("scope") ? [] : judgeFiles(found, facts)),
  ];
  const isComplete = "brief" in parsed && problems.length === 0;
  const length = isComplete ? renderBrief(parsed.brief).length : 0;
  if (isComplete && length <= limits.briefLength)
    return { brief: parsed.brief, sha256: briefHash(parsed.brief) };
  if (isComplete) problems.push(renderProblem("brief-long", { line: 1, field: "brief", other: length }));
  return { problems: fewOfEach(problems.toSorted((a, b) => a.line - b.line)) };
}

/** A text of thousands of mistakes is answered by some of each field. */
function fewOfEach(problems: Problem[]): Problem[] {
  const seen = new Map<string, number>();
  return problems.filter(({ field }) => {
    seen.set(field, (seen.get(field) ?? 0) + 1);
    return (seen.get(field) ?? 0) <= limits.problems;
  });
}

function judgeCommand({ brief: { validation }, lines }: FoundFields, facts: BriefFacts): Problem[] {
  if (validation === undefined) return [];
  const line = lines.validation ?? 1;
  const { allow } = facts.policy.validation;
  const commands = commandsOf(validation);
  const refused = facts.authorMayWrite ? [] : commands.filter((command) => !matchesAllow(command, allow));
  const { base } = facts;
  const targets = commands.flatMap(namedTargets);
  const missing = base && !("missing" in base) ? checkTargets(targets, base, line) : [];
  const refusals = refused.map((found) => renderProblem("not-allowed", { line, field: "validation", found }));
  return [...missing, ...refusals];
}

/** Sensitive work is told from three fields; one that is not there yet is a problem already. */
function judgeBoundary({ brief, lines }: FoundFields, { actor, policy }: BriefFacts): Problem[] {
  const { goal, doneWhen, boundary, scope = [] } = brief;
  if (goal === undefined || doneWhen === undefined || boundary === undefined) return [];
  return judgeSensitive(
    { goal, doneWhen, boundary, scope },
    {
      actor,
      rule: policy.sensitive,
      classPaths: policy.paths.classes,
      ...(lines.boundary !== undefined && { line: lines.boundary }),
    },
  );
}

function judgeFiles({ brief: { scope = [] }, lines }: FoundFields, { base }: BriefFacts): Problem[] {
  return base && !("missing" in base) ? judgeReach({ scope, line: lines.scope ?? 1 }, base) : [];
}

function judgeNames({ brief, lines }: FoundFields, { agents, base }: BriefFacts): Problem[] {
  const { agent } = brief;
  const unknown = agent !== undefined && agents && !agents.includes(agent);
  const list = agents?.join(", ") ?? "";
  return [
    ...(unknown
      ? [
          renderProblem("agent-unknown", {
            line: lines.agent ?? 1,
            field: "agent",
            found: agent,
            known: list,
          }),
        ]
      : []),
    ...(base && "missing" in base
      ? [
          renderProblem("base-missing", {
            ...{ line: lines.base ?? 1, field: "base", found: base.missing },
            known: lines.base === undefined ? "" : base.missing,
          }),
        ]
      : []),
  ];
}
