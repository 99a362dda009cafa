import { scopesOverlap } from "../../domain/paths/scopes-overlap.ts";
import type { HoldRule } from "../situation.ts";

/**
 * Two tasks whose scopes can mean the same path are worked on one after the other: the later waits until the earlier's pull
 * request is closed. An earlier one that waits itself goes first, else a wide scope would never find its turn.
 */
export const overlap: HoldRule<"overlap"> = (task, { occupying, earlier, rules }) => {
  if (rules.overlap === "allow") return undefined;
  const here = occupying.filter(({ repositoryId }) => repositoryId === task.repositoryId);
  const first = [...here, ...earlier].find(({ scope }) => scopesOverlap(scope, task.scope));
  if (!first) return undefined;
  const pull =
    "pullRequest" in first && first.pullRequest !== undefined ? { pullRequest: first.pullRequest } : {};
  return { kind: "overlap", issue: first.issue, ...pull };
};
