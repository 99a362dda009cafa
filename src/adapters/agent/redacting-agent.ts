import type { Agent } from "../../ports/workshop.ts";

/** The same agent, with secret values taken out of all that it says; its files are not touched here. */
export function redactingAgent(agent: Agent, redact: (text: string) => string): Agent {
  return {
    ...agent,
    work: async (order, signal) => {
      const note: typeof order.note = (update) => order.note({ ...update, text: redact(update.text) });
      const report = await agent.work({ ...order, note }, signal);
      const { name, version, cause, summary } = report;
      return {
        ...report,
        name: redact(name),
        version: version && redact(version),
        cause: redact(cause),
        summary: redact(summary),
        ...(report.passedOver && {
          passedOver: report.passedOver.map((other) => ({ ...other, why: redact(other.why) })),
        }),
      };
    },
  };
}
