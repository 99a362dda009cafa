/** Writes the JSON Schemas of the configuration files and of the evidence; run it with `npm run schemas` when one of them has changed. */
import { writeFileSync } from "node:fs";
import { publishedSchemas } from "../dist/src/policy/published-schemas.js";

for (const [file, schema] of Object.entries(publishedSchemas()))
  writeFileSync(new URL(`../schemas/${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
