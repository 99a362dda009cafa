import { globsMeet } from "../domain/paths/globs-meet.ts";
import type { Problem } from "../domain/task/brief.ts";
import type { TargetFacts } from "./command/check-targets.ts";
import { type Rule, renderProblem } from "./fields/render-problem.ts";

/** More of them than these help nobody to mend a scope. */
const named = 3;

/** A scope must keep out of what no change of ours can carry: submodules, and files whose content is not in git. */
export function judgeReach(
  { scope, line }: { scope: string[]; line: number },
  facts: TargetFacts,
): Problem[] {
  const globs = scope.length === 0 ? ["**"] : scope;
  const found = (rule: Rule, places: string[], below = ""): Problem[] => {
    const met = places.flatMap((place) => {
      const glob = globs.find((one) => globsMeet(one, `${place}${below}`));
      return glob === undefined ? [] : [{ glob, place }];
    });
    const [first] = met;
    if (!first) return [];
    const list = met
      .slice(0, named)
      .map(({ place }) => place)
      .join(", ");
    return [
      renderProblem(rule, { line, field: "scope", found: list, known: scope.length === 0 ? "" : first.glob }),
    ];
  };
  return [...found("submodule", facts.submodules ?? [], "/**"), ...found("lfs", facts.lfs ?? [])];
}
