import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import type { Exchange } from "../../src/double/exchange.ts";

type Json = Record<string, unknown>;
type Parameter = { name: string; in: string; required?: boolean; schema: Json };
type Content = { content?: Record<string, { schema: Json }> };
type Operation = {
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: Content & { required?: boolean };
  responses: Record<string, Content | { $ref: string }>;
};

const file = resolve(import.meta.dirname, "../../../test/openapi/github-api.json");
const description = asJsonSchema(JSON.parse(readFileSync(file, "utf8"))) as {
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, Json>>;
};
/** The schemas are compiled in each suite, and each of them holds for few answers: code that is made fast serves more. */
const plain = { inlineRefs: false, validateSchema: false, code: { optimize: false } };
const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false, ...plain });
formats.default(ajv);
ajv.addFormat("repo.nwo", true);
ajv.addSchema({ $id: "github", ...description });
const queries = new Ajv({ strict: false, coerceTypes: "array", ...plain });
formats.default(queries);
queries.addSchema({ $id: "github", ...description });
const compiled = new Map<string, ValidateFunction>();

/** Says in what an exchange departs from GitHub's description; nothing if it fits. */
export function checkExchange(exchange: Exchange): string[] {
  const { method, url, status } = exchange;
  const name = `${method} ${url.pathname}`;
  // GraphQL has no OpenAPI description; the double knows one query of it, word for word, and answers errors to others.
  if (name === "POST /graphql") return (exchange.answer as Json).data ? [] : [`${name}: no data`];
  const found = findOperation(method, url.pathname);
  if (!found) return [`${name}: no operation of the extract`];
  const { operation, parameters, at } = found;
  const problems = [
    ...checkAnswer(operation, exchange, at),
    ...(status < 400 ? checkParameters(operation, exchange, parameters) : []),
    ...(status < 400 ? checkBody(operation, exchange, at) : []),
  ];
  return problems.map((problem) => `${name} -> ${status}: ${problem}`);
}

function findOperation(method: string, path: string) {
  const matches = Object.entries(description.paths)
    .filter(([, operations]) => operations[method.toLowerCase()])
    .map(([template, operations]) => ({
      template,
      operation: operations[method.toLowerCase()] as Operation,
      match: matcherOf(template).exec(path),
    }))
    .filter(({ match }) => match)
    // The most literal template is meant: `/issues/comments/{id}` rather than `/issues/{number}/…`.
    .sort((a, b) => literal(b.template) - literal(a.template));
  const [best] = matches;
  if (!best) return undefined;
  const at = `github#/paths/${best.template.replaceAll("~", "~0").replaceAll("/", "~1")}/${method.toLowerCase()}`;
  return { operation: best.operation, parameters: { ...best.match?.groups }, at };
}

function literal(template: string): number {
  return template.replace(/\{\w+\}/g, "").length;
}

/** Only these parameters may hold a slash. */
function matcherOf(template: string): RegExp {
  const source = template.replace(/\{(?<name>\w+)\}/g, (_, name: string) =>
    ["ref", "path", "branch", "basehead"].includes(name) && template.endsWith(`{${name}}`)
      ? `(?<${name}>.+)`
      : `(?<${name}>[^/]+)`,
  );
  return new RegExp(`^${source}$`);
}

function checkAnswer(operation: Operation, { status, answer }: Exchange, at: string): string[] {
  const described = operation.responses[String(status)];
  if (!described && status < 400) return [`status ${status} is not described`];
  const refusal = "github#/components/schemas/basic-error";
  if (!described) return validate(refusal, answer, "answer");
  const response = "$ref" in described ? resolveRef(described.$ref) : described;
  const media = Object.keys(response.content ?? {}).find((type) => type.includes("json"));
  if (!media && status >= 400) return validate(refusal, answer, "answer");
  if (!media) return answer === undefined ? [] : ["an answer body is not described"];
  const base = "$ref" in described ? `github${described.$ref}` : `${at}/responses/${status}`;
  return validate(`${base}/content/${media.replaceAll("/", "~1")}/schema`, answer, "answer");
}

function checkBody({ requestBody }: Operation, { body }: Exchange, at: string): string[] {
  if (body === undefined) return requestBody?.required ? ["the request lacks a body"] : [];
  if (!requestBody) return Object.keys(body as Json).length > 0 ? ["the request may not have a body"] : [];
  return validate(`${at}/requestBody/content/application~1json/schema`, body, "request");
}

function checkParameters(operation: Operation, { url }: Exchange, inPath: Record<string, string>): string[] {
  const known = (operation.parameters ?? []).map((one) =>
    "$ref" in one ? (resolveRef(one.$ref) as unknown as Parameter) : one,
  );
  const query = Object.fromEntries(url.searchParams);
  const unknown = Object.keys(query)
    .filter((name) => !known.some((one) => one.in === "query" && one.name === name))
    .map((name) => `query parameter ${name} is not described`);
  const wrong = known.flatMap((one) => {
    const value = one.in === "path" ? inPath[one.name] : query[one.name];
    if (value === undefined) return one.required ? [`parameter ${one.name} is missing`] : [];
    return parameterCheck(one.schema)({ value: decodeURIComponent(value) })
      ? []
      : [`parameter ${one.name} is ${value}`];
  });
  return [...unknown, ...wrong];
}

const checks = new WeakMap<Json, ValidateFunction>();

/** A parameter is text; it is read as the number or truth that its schema wants. */
function parameterCheck(schema: Json): ValidateFunction {
  const rooted = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"github#/')) as Json;
  const check = checks.get(schema) ?? queries.compile({ type: "object", properties: { value: rooted } });
  checks.set(schema, check);
  return check;
}

function validate(ref: string, value: unknown, what: string): string[] {
  const check = compiled.get(ref) ?? ajv.compile({ $ref: ref });
  compiled.set(ref, check);
  if (check(value)) return [];
  return (check.errors ?? []).slice(0, 5).map((e) => `${what}${e.instancePath} ${e.message}`);
}

function resolveRef(ref: string): Content {
  const [, , kind = "", name = ""] = ref.split("/");
  return description.components[kind]?.[name] as Content;
}

/** OpenAPI 3.0 has `nullable`; JSON Schema has not. */
function asJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJsonSchema);
  if (value === null || typeof value !== "object") return value;
  const { nullable, oneOf, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, asJsonSchema(part)]),
  ) as Json;
  const schema = alternatives(rest, oneOf);
  return nullable === true ? { anyOf: [schema, { type: "null" }] } : schema;
}

/** `oneOf` is used for overlapping shapes, and once `allOf` for an account that is a user or an enterprise. */
function alternatives(schema: Json, oneOf: unknown): Json {
  const { allOf, ...rest } = schema;
  if (JSON.stringify(titles(allOf)) === '["Simple User","Enterprise"]') return { ...rest, anyOf: allOf };
  return oneOf && !schema.anyOf ? { ...schema, anyOf: oneOf } : schema;
}

function titles(schemas: unknown): unknown {
  return Array.isArray(schemas) ? schemas.map((one: Json) => one.title) : undefined;
}
