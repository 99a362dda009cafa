import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { defaultPolicy } from "../../src/domain/rules/policy.ts";
import { parseOperatorFile } from "../../src/policy/parse-operator-file.ts";
import { parseRepositoryFile } from "../../src/policy/parse-repository-file.ts";
import { publishedSchemas } from "../../src/policy/published-schemas.ts";

type Shape = { properties?: Record<string, Shape>; items?: Shape; additionalProperties?: Shape | boolean };

const root = resolve(import.meta.dirname, "../../..");
const read = (name: string): string => readFileSync(resolve(root, "docs/examples", name), "utf8");

/** The names of all keys of a schema, at any depth. */
function keysOf({ properties = {}, items, additionalProperties }: Shape): string[] {
  const inner = [items, additionalProperties].filter((one) => typeof one === "object");
  return [...Object.keys(properties), ...[...Object.values(properties), ...inner].flatMap(keysOf)];
}

/** The names of all keys of a value, at any depth. */
function keysIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(keysIn)];
}

test.each([
  ["drafthorse.yml", parseRepositoryFile(read("drafthorse.yml"))],
  ["operator.yml", parseOperatorFile(read("operator.yml"), "operator.yml")],
])("the example %s can be used as it stands", (_, parsed) => {
  expect(parsed).not.toHaveProperty("problems");
});

test("the examples show every key that there is", () => {
  const { "drafthorse.schema.json": repository, "operator.schema.json": operator } = publishedSchemas();
  const shown = new Set(keysIn([parse(read("drafthorse.yml")), parse(read("operator.yml"))]));
  const known = [repository, operator].flatMap((shape) => keysOf(shape as Shape));

  expect(known.filter((key) => !shown.has(key))).toEqual([]);
});

test("the example of a repository gives our defaults as they are", () => {
  const { limits, label, sensitive, signOff, draft, protection, duplicates } = defaultPolicy;

  expect(parse(read("drafthorse.yml"))).toMatchObject({
    limits,
    label,
    sensitive,
    signOff,
    draft,
    protection,
    duplicates,
  });
});
