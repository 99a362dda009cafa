import { createHash } from "node:crypto";
import { z } from "zod";
import { parseJson } from "../../domain/text/parse-json.ts";
import { type Command, readCommand } from "../../intake/read-command.ts";
import { readGiven } from "../read-given.ts";
import { UsageError } from "../usage-error.ts";

/** A delivery in a file: as our store keeps it, as GitHub's API and `gh` hand it out, or the payload alone. */
const StoredDelivery = z.union([
  z.object({ event: z.string(), body: z.string() }).transform(({ event, body }) => ({ event, text: body })),
  z
    .object({ event: z.string(), request: z.object({ payload: z.record(z.string(), z.unknown()) }) })
    .transform(({ event, request }) => ({ event, text: JSON.stringify(request.payload) })),
  z
    .looseObject({ action: z.string(), issue: z.record(z.string(), z.unknown()) })
    .transform((payload) => ({ event: "issues", text: JSON.stringify(payload) })),
]);

/** What the label on an issue asks for. */
export type Delegate = Extract<Command, { kind: "delegate" }>;

/** Reads the delivery of a label. Rejects with a usage error for everything else. */
export async function readDelivery(path: string): Promise<Delegate> {
  const text = (await readGiven(path, wanted)).toString("utf8");
  const delivery = StoredDelivery.safeParse(parseJson(text));
  if (!delivery.success) throw new UsageError(`${path} is no delivery of GitHub's. Name ${wanted}.`);
  const { event, text: body } = delivery.data;
  const digest = createHash("sha256").update(body).digest("hex");
  const command = readCommand(event, digest, parseJson(body));
  if (command?.kind === "delegate") return command;
  const what = command ? `asks for ${command.kind}` : "asks for nothing that a person would be heard for";
  throw new UsageError(`${path} begins no attempt: its ${event} ${what}. Name ${wanted}.`);
}

const wanted = "a delivery of `issues` with the action `labeled`, as JSON";
