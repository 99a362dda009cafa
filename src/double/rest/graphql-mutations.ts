import { z } from "zod";
import { createCheckRun } from "../acts/check-acts.ts";
import { allows } from "../auth/grants.ts";
import { objectType } from "../git/read-objects.ts";
import { type Answer, ok } from "../http/answer.ts";
import { type CheckRun, fullName, type Repository } from "../model.ts";
import { Refusal } from "../refusal.ts";
import { nodeId } from "../shapes/account-shape.ts";
import type { InstallationCall } from "./calls.ts";

/** The mutations that are understood, whatever their spaces: several check runs are created one after the other. */
function creatingRuns(count: number): string {
  const runs = Array.from({ length: count }, (_, at) => `run${at + 1}`);
  const fields = runs.map((run) => `${run}: createCheckRun(input: $${run}) { checkRun { id } }`);
  return `mutation (${runs.map((run) => `$${run}: CreateCheckRunInput!`).join(", ")}) { ${fields.join(" ")} }`;
}

const CheckRunInput = z.strictObject({
  repositoryId: z.string(),
  headSha: z.string(),
  name: z.string(),
  externalId: z.string().optional(),
  status: z.literal("COMPLETED"),
  conclusion: z.enum([
    "ACTION_REQUIRED",
    "CANCELLED",
    "FAILURE",
    "NEUTRAL",
    "SUCCESS",
    "SKIPPED",
    "TIMED_OUT",
  ]),
  output: z.strictObject({ title: z.string(), summary: z.string(), text: z.string().optional() }),
});
type CheckRunInput = z.infer<typeof CheckRunInput>;
type FieldError = { type: string; path: string[]; message: string };
type Field = { name: string; run: CheckRun; repository: Repository } | { name: string; error: FieldError };

function textOf({ body }: InstallationCall): string {
  const { query } = (body ?? {}) as { query?: unknown };
  return String(query).trim().replace(/\s+/g, " ");
}

/** Whether a request to GraphQL changes something. */
export function isMutation(call: InstallationCall): boolean {
  return /^mutation\b/.test(textOf(call));
}

/** Answers a mutation. What one of its fields comes to says nothing of the others, which are done all the same. */
export async function answerMutation(call: InstallationCall): Promise<Answer> {
  const count = [2, 3].find((one) => creatingRuns(one) === textOf(call));
  if (!count) return ok({ errors: [{ message: "The double does not know this mutation" }] });
  const names = Array.from({ length: count }, (_, at) => `run${at + 1}`);
  const given = z.object({ variables: z.record(z.string(), z.unknown()) }).parse(call.body).variables;
  const inputs = z.array(CheckRunInput).safeParse(names.map((name) => given[name]));
  // Variables of the wrong shape are refused before anything is done.
  if (!inputs.success)
    return ok({ errors: [{ message: `Variable of type CreateCheckRunInput! ${inputs.error}` }] });
  const fields: Field[] = [];
  for (const [at, input] of inputs.data.entries())
    fields.push(await createRun(call, { input, name: `run${at + 1}` }));
  return answerOf(fields);
}

function answerOf(fields: Field[]): Answer {
  const shown = fields.map((field) => [
    field.name,
    "run" in field ? { checkRun: { id: nodeId("CR", field.run.id) } } : null,
  ]);
  const errors = fields.flatMap((field) => ("error" in field ? field.error : []));
  const effects = fields.flatMap((field) =>
    "run" in field
      ? { kind: "check.created", subject: field.run.id, repository: fullName(field.repository) }
      : [],
  );
  return { ...ok({ data: Object.fromEntries(shown), ...(errors.length > 0 && { errors }) }), effects };
}

async function createRun(
  { world, grant }: InstallationCall,
  { input, name }: { input: CheckRunInput; name: string },
): Promise<Field> {
  const refused = (type: string, message: string): Field => ({
    name,
    error: { type, path: [name], message },
  });
  const repository = world.repositories.find((one) => nodeId("R", one.id) === input.repositoryId);
  if (!repository || !grant.repositoryIds.has(repository.id))
    return refused("NOT_FOUND", `Could not resolve to a node with the global id of '${input.repositoryId}'`);
  if (!allows(grant.permissions, ["checks:write"]))
    return refused("FORBIDDEN", "Resource not accessible by integration");
  if ((await objectType(repository.directory, input.headSha)) !== "commit")
    return refused("UNPROCESSABLE", `No commit found for SHA: ${input.headSha}`);
  const by = { world, repository, actor: grant.actor ?? world.app.bot };
  const { externalId: external_id, conclusion, output } = input;
  const fields = { name: input.name, external_id, conclusion: conclusion.toLowerCase(), output };
  return repository.alone(async () => {
    try {
      return { name, repository, run: createCheckRun(by, input.headSha, fields) };
    } catch (error) {
      if (error instanceof Refusal) return refused("UNPROCESSABLE", error.message);
      throw error;
    }
  });
}
