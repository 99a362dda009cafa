import { z } from "zod";
import { Failure } from "../../domain/task/failure.ts";

/** Reads what an engine kept as text; a record that is none is a `storage` failure that names it. */
export function readRecord<T>(schema: z.ZodType<T>, record: { name: string; text: string }): T {
  try {
    return schema.parse(JSON.parse(record.text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new Failure("storage", `The store's record ${record.name} cannot be read: ${why}`, { cause });
  }
}
