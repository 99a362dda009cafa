import type { RequestPermissionRequest, RequestPermissionResponse } from "@agentclientprotocol/sdk";

/** The policy: what an agent does in its sandbox it may do, once at a time; `record` is the line for the timeline. */
export function answerPermission(request: Pick<RequestPermissionRequest, "toolCall" | "options">): {
  response: RequestPermissionResponse;
  record: string;
} {
  const title = request.toolCall.title ?? request.toolCall.toolCallId;
  const allow = request.options.find((option) => option.kind === "allow_once");
  if (allow) return { response: selected(allow.optionId), record: `allowed once: ${title}` };
  const reject = request.options.find((option) => option.kind === "reject_once");
  const response = reject ? selected(reject.optionId) : { outcome: { outcome: "cancelled" as const } };
  return { response, record: `refused, for it could not be allowed just once: ${title}` };
}

function selected(optionId: string): RequestPermissionResponse {
  return { outcome: { outcome: "selected", optionId } };
}
