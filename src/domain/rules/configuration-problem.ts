import { z } from "zod";

/** One reason why a configuration file cannot be used, with the repair; `line` is 1-based. */
export const ConfigurationProblem = z.object({
  file: z.string(),
  line: z.number().int().positive(),
  message: z.string(),
  repair: z.string(),
});
export type ConfigurationProblem = z.infer<typeof ConfigurationProblem>;
