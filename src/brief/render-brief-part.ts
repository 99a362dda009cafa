import type { Task } from "../domain/task.ts";
import { adviseBrief } from "./advise-brief.ts";
import { parseBrief } from "./parse-brief.ts";
import { renderProblems } from "./render-problems.ts";
import { renderUnderstood } from "./render-understood.ts";

/** The part of the status comment that is about the brief: what it was read as, or what it lacks and the repair. */
export function renderBriefPart(task: Task): string {
  const parsed = parseBrief(task.issue.body);
  const { hidden, asides } = parsed;
  if (!task.brief) {
    const partial = "partial" in parsed ? parsed.partial : parsed.brief;
    return renderProblems({ problems: task.problems, partial, hidden, asides });
  }
  const { brief } = task.brief;
  const [reviewer = task.askedBy] = brief.boundary.reviewers;
  return renderUnderstood({ brief, reviewer, hidden, asides, advice: adviseBrief(brief) });
}
