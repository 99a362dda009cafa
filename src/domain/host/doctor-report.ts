import { z } from "zod";

/** The checks of `drafthorse doctor`, in the order in which they are shown. */
export const doctorCheckNames = [
  "system",
  "node",
  "git",
  "sandbox",
  "settings",
  "data",
  "store",
  "artefacts",
  "agents",
  "network",
  "clock",
  "egress",
  "app",
  "permissions",
  "events",
  "webhook",
  "deliveries",
  "installations",
  "repository",
  "configuration",
  "label",
  "issue-form",
  "protection",
  "codeowners",
  "workflows",
  "prompt",
  "trial",
] as const;
export const DoctorCheckName = z.enum(doctorCheckNames);
export type DoctorCheckName = z.infer<typeof DoctorCheckName>;

const line = z.string().describe("what was found, in one line");

/** One thing that a check found. */
export const DoctorFinding = z.discriminatedUnion("state", [
  z.object({ state: z.literal("ok"), line }),
  z.object({
    state: z.enum(["warning", "wrong"]).describe("`wrong` alone makes the exit code 1"),
    line,
    repair: z.string().describe("what a person does about it"),
  }),
  z.object({
    state: z.literal("skipped"),
    line: z.string().describe("why it was not looked at"),
    repair: z.string().exactOptional().describe("what would let it be looked at"),
  }),
]);
export type DoctorFinding = z.infer<typeof DoctorFinding>;

/** What a check of a name found. */
export const NamedFinding = z.intersection(z.object({ check: DoctorCheckName }), DoctorFinding);
export type NamedFinding = z.infer<typeof NamedFinding>;

/** What `drafthorse doctor --json` prints. */
export const DoctorReport = z.object({
  version: z
    .literal(1)
    .describe("raised when something is removed or changes its meaning, not when something is added"),
  wrong: z.number().int().nonnegative().describe("how many findings are wrong; the exit code is 1 if any is"),
  findings: z.array(NamedFinding).describe("in the order of the checks; a check may find several things"),
});
export type DoctorReport = z.infer<typeof DoctorReport>;
