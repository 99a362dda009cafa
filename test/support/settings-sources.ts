import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { defaultPolicy } from "../../src/domain/rules/policy.ts";
import { publishedSchemas } from "../../src/policy/published-schemas.ts";
import { renderSettingsPage, type SettingsSources } from "./settings-page.ts";

/** The page of all settings, of what this checkout has. */
export function settingsPage(): string {
  const schemas = publishedSchemas();
  const shape = (file: string) => schemas[file] as SettingsSources["repository"];
  return renderSettingsPage({
    environment: readFileSync(resolve(import.meta.dirname, "../../../.env.example"), "utf8"),
    repository: shape("drafthorse.schema.json"),
    operator: shape("operator.schema.json"),
    usual: defaultPolicy,
  });
}
