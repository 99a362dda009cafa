import { Failure } from "../../domain/failure.ts";
import type { Agent } from "../../ports/workshop.ts";

/** Stands where no agent is configured: a web process needs none, and must never be asked for its work. */
export const absentAgent: Agent = {
  work: async () => {
    throw new Failure("agent-unavailable", "AGENT is not set in this process.");
  },
};
