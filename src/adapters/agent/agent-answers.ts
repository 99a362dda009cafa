import { z } from "zod";

/** The longest id of a session, in characters: it is kept in the ledger. */
const maxIdLength = 500;

// The SDK hands an agent's answers on as they came, so what is used of them is read here.

/** What an agent says of itself at the start. */
export const Hello = z
  .object({
    protocolVersion: z.number(),
    agentInfo: z
      .object({ name: z.string().min(1), version: z.string().min(1) })
      .nullish()
      .catch(null),
    authMethods: z
      .array(z.object({ id: z.string() }))
      .nullish()
      .catch(null),
    agentCapabilities: z
      .object({
        loadSession: z.boolean().nullish(),
        sessionCapabilities: z.object({ resume: z.unknown() }).partial().nullish(),
      })
      .nullish()
      .catch(null),
  })
  .transform(({ protocolVersion, agentInfo, authMethods, agentCapabilities }) => ({
    protocolVersion,
    agentInfo: agentInfo ?? null,
    authMethods: (authMethods ?? []).map(({ id }) => id),
    canLoad: agentCapabilities?.loadSession === true,
    canResume: agentCapabilities?.sessionCapabilities?.resume != null,
  }));
export type Hello = z.infer<typeof Hello>;

const Options = z.array(
  z.object({ id: z.string(), category: z.string().nullish(), currentValue: z.unknown() }),
);

/** A session that was opened: its id, the modes that it offers, and the model as far as the agent names one. */
export const Session = z
  .object({
    sessionId: z.string().min(1).max(maxIdLength),
    modes: z
      .object({ availableModes: z.array(z.object({ id: z.string() })) })
      .nullish()
      .catch(null),
    configOptions: Options.nullish().catch(null),
    models: z.object({ currentModelId: z.string() }).nullish().catch(null),
  })
  .transform(({ sessionId, modes, configOptions, models }) => {
    const chosen = configOptions?.find(({ category, id }) => (category ?? id) === "model")?.currentValue;
    return {
      sessionId,
      modes: modes?.availableModes.map(({ id }) => id) ?? [],
      model: models?.currentModelId ?? (typeof chosen === "string" ? chosen : null),
    };
  });
export type Session = z.infer<typeof Session>;

/** How a turn ended. */
export const TurnEnd = z.object({
  stopReason: z.enum(["end_turn", "max_tokens", "max_turn_requests", "refusal", "cancelled"]),
});
export type StopReason = z.infer<typeof TurnEnd>["stopReason"];
