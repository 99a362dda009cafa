import { reviewersOf } from "../domain/task/reviewers-of.ts";
import type { Task } from "../domain/task/task.ts";
import { adviseBrief } from "./answer/advise-brief.ts";
import { renderProblems } from "./answer/render-problems.ts";
import { renderUnderstood } from "./answer/render-understood.ts";
import { parseOnce } from "./parse-once.ts";

/** The part of the status comment that is about the brief: what it was read as, or what it lacks and the repair. */
export function renderBriefPart(task: Task): string {
  if (!task.brief) return renderIncomplete(task);
  const { hidden, asides, readAs } = parseOnce(task.issue.body);
  const { brief } = task.brief;
  return renderUnderstood({
    brief,
    reviewers: reviewersOf(task),
    hidden,
    asides,
    readAs,
    advice: adviseBrief(brief),
    guessed: task.guessed,
    skippedSteps: task.skippedSteps,
    wantedTools: task.wantedTools,
    wantedNode: task.wantedNode,
  });
}

/** The text as it is now, since that is what people mend; complete, if somebody completed it who may not ask. */
function renderIncomplete({ issue, problems, edited }: Task): string {
  const parsed = parseOnce((edited ?? issue).body);
  const { hidden, asides, readAs } = parsed;
  if (edited?.problems.length === 0 && "brief" in parsed)
    return renderUnderstood({
      brief: parsed.brief,
      hidden,
      asides,
      readAs,
      advice: adviseBrief(parsed.brief),
    });
  const partial = "partial" in parsed ? parsed.partial : parsed.brief;
  return renderProblems({ problems: (edited ?? { problems }).problems, partial, hidden, asides });
}
