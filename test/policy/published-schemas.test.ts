import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { Environment } from "../../src/policy/environment.ts";
import { publishedSchemas } from "../../src/policy/published-schemas.ts";
import { settingsPage } from "../support/settings-sources.ts";

const folder = resolve(import.meta.dirname, "../../../schemas");
const read = (file: string) => JSON.parse(readFileSync(resolve(folder, file), "utf8"));

describe.each(Object.entries(publishedSchemas()))("%s", (file, schema) => {
  test("is published as the code has it; `npm run schemas` writes it anew", () => {
    expect(read(file)).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  test("says of every key what it is for", () => {
    const silent = Object.entries(read(file).properties).filter(
      ([, about]) => !(about as { description?: string }).description,
    );

    expect(silent).toEqual([]);
  });
});

test.each([
  ["label: x\nlimits: { minutes: 5 }", true],
  ["approval: { ci: ask }\nprojects: [{ paths: [a/**] }]", true],
  ["setup: { run: npm ci, env: { RETRIES: 3 } }", true],
  ["lable: x", false],
  ["limits: { minuts: 5 }", false],
  ["approval: { colour: ask }", false],
])("an editor judges %j as we do", (text, fits) => {
  const validate = new Ajv({ strict: false }).compile(read("drafthorse.schema.json"));

  expect(validate(parse(text))).toBe(fits);
});

test("the page of all settings is as the schemas and .env.example have it; `npm run schemas` writes it anew", () => {
  // The formatter pads the cells of tables.
  const plain = (text: string) => text.replace(/ +/g, " ").replace(/-{3,}/g, "---");

  expect(plain(readFileSync(resolve(folder, "../docs/settings.md"), "utf8"))).toBe(plain(settingsPage()));
});

test("the page has every variable that is read", () => {
  const page = settingsPage();

  expect(Object.keys(Environment.shape).filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
});
