/**
 * Writes the JSON Schemas of the configuration files and of the evidence, and the page of all settings; run it with
 * `npm run schemas` when one of them has changed.
 */
import { writeFileSync } from "node:fs";
import { publishedSchemas } from "../dist/src/policy/published-schemas.js";
import { settingsPage } from "../dist/test/support/settings-sources.js";

for (const [file, schema] of Object.entries(publishedSchemas()))
  writeFileSync(new URL(`../schemas/${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);

writeFileSync(new URL("../docs/settings.md", import.meta.url), settingsPage());
