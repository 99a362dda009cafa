import { isAbsolute, relative } from "node:path";
import type { RequestPermissionRequest, RequestPermissionResponse } from "@agentclientprotocol/sdk";

/** What changes files; everything else is judged by the sandbox alone. */
const changing = new Set(["edit", "delete", "move"]);

type PermissionAnswer = { response: RequestPermissionResponse; record: string };

/**
 * The policy: what an agent does in its sandbox it may do, once at a time, but files are changed in its own places
 * alone; `record` is the line for the timeline.
 */
export function answerPermission(
  request: Pick<RequestPermissionRequest, "toolCall" | "options">,
  places: string[],
): PermissionAnswer {
  const { toolCall } = request;
  const title = toolCall.title ?? toolCall.toolCallId;
  const outside = changing.has(toolCall.kind ?? "")
    ? toolCall.locations?.find(({ path }) => !places.some((place) => liesBelow(path, place)))
    : undefined;
  if (outside)
    return refusePermission(request, `refused, for ${outside.path} is outside the worktree: ${title}`);
  const allow = request.options.find((option) => option.kind === "allow_once");
  if (allow) return { response: selected(allow.optionId), record: `allowed once: ${title}` };
  return refusePermission(request, `refused, for it could not be allowed just once: ${title}`);
}

function refusePermission(
  { options }: Pick<RequestPermissionRequest, "options">,
  record: string,
): PermissionAnswer {
  const reject = options.find((option) => option.kind === "reject_once");
  return {
    response: reject ? selected(reject.optionId) : { outcome: { outcome: "cancelled" as const } },
    record,
  };
}

/** A relative path is one below the worktree, which is the agent's own directory. */
function liesBelow(path: string, place: string): boolean {
  const way = relative(place, isAbsolute(path) ? path : `${place}/${path}`);
  return way !== ".." && !way.startsWith("../");
}

function selected(optionId: string): RequestPermissionResponse {
  return { outcome: { outcome: "selected", optionId } };
}
