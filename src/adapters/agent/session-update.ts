import { z } from "zod";

const Text = z.object({ type: z.literal("text"), text: z.string() });
const chunk = { content: Text, messageId: z.string().nullish() };

/** What is read of an ACP `session/update`; whatever else an agent reports is passed over. */
export const SessionUpdate = z.discriminatedUnion("sessionUpdate", [
  z.object({ sessionUpdate: z.literal("agent_message_chunk"), ...chunk }),
  z.object({ sessionUpdate: z.literal("agent_thought_chunk"), ...chunk }),
  z.object({ sessionUpdate: z.literal("tool_call"), toolCallId: z.string(), title: z.string() }),
  z.object({
    sessionUpdate: z.literal("tool_call_update"),
    toolCallId: z.string(),
    title: z.string().nullish(),
    status: z.string().nullish(),
  }),
  z.object({
    sessionUpdate: z.literal("plan"),
    entries: z.array(z.object({ content: z.string(), status: z.string() })),
  }),
  z.object({
    sessionUpdate: z.literal("usage_update"),
    cost: z.object({ amount: z.number().nonnegative(), currency: z.string() }).nullish(),
    // Claude's adapter tells the model that really answered here alone.
    _meta: z
      .object({ "_claude/model": z.string().max(200).optional() })
      .nullish()
      .catch(null),
  }),
]);
export type SessionUpdate = z.infer<typeof SessionUpdate>;

/** The parameters of the notification. There is one session per agent, so its id is not read. */
export const SessionNotification = z.object({ update: SessionUpdate });
