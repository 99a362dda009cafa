import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import type { Delivery } from "../../src/double/hooks/hooks.ts";

const file = createRequire(import.meta.url).resolve("@octokit/webhooks-schemas/schema.json");
const schemas = JSON.parse(readFileSync(file, "utf8")) as { definitions: Record<string, object> };
/** Compiled in each suite for few events: code that is made fast serves more, and the published schema is a valid one. */
const plain = { inlineRefs: false, validateSchema: false, code: { optimize: false } };
const ajv = new Ajv({ strict: false, allErrors: true, ...plain });
formats.default(ajv);
// Without the schema's own `oneOf` over all events, which would be compiled too and take seconds.
ajv.addSchema({ $id: "webhooks", definitions: schemas.definitions });
const compiled = new Map<string, ValidateFunction>();

/** Says in what a webhook departs from its published schema; nothing if it fits. */
export function checkDelivery({ event, action, request }: Delivery): string[] {
  const name = action ? `${event}$${action}` : `${event}$event`;
  if (!schemas.definitions[name]) return [`webhook ${name}: no such schema`];
  const check = compiled.get(name) ?? ajv.compile({ $ref: `webhooks#/definitions/${name}` });
  compiled.set(name, check);
  if (check(JSON.parse(JSON.stringify(request.payload)))) return [];
  return (check.errors ?? [])
    .slice(0, 5)
    .map((e) => `webhook ${name}${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
}
