import { describe, expect, test } from "@jest/globals";
import { missingKeys, nameAgents } from "../../src/policy/name-agents.ts";
import { parseOperatorFile } from "../../src/policy/parse-operator-file.ts";

const file = (model: string) =>
  parseOperatorFile(`agents:\n  a:\n    command: a --acp\n    model: ${model}\n`, "x");
const wish = { AGENT: "a", AGENT_ENV: ["SEEN", "UNSET"], AGENT_NETWORK: "none" } as const;
const environment = { SEEN: "yes", HIDDEN: "no", THE_KEY: "k" };
const given = { ...wish, AGENT_ENV: [...wish.AGENT_ENV] };

function operatorOf(model: string) {
  const parsed = file(model);
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

test("an entry of the operator's file is found by its name, and its key by the variable's", () => {
  const operator = {
    ...operatorOf("{ provider: openai, key: THE_KEY }"),
    prices: { m: { input: 1, output: 2 } },
  };

  const a = {
    ...{ command: "a --acp", environment: { SEEN: "yes" }, network: "none" },
    model: { provider: "openai", key: "k", prices: operator.prices },
  };
  expect(nameAgents(given, { environment, operator })).toEqual({ known: { a }, usual: ["a"] });
});

test("a key whose variable is not set is a problem with its repair", () => {
  const operator = operatorOf("{ provider: openai, key: OTHER_KEY }");

  expect(missingKeys(given, { environment, operator }).join()).toMatch(
    /OTHER_KEY is not set.*agents\.a\.model\.key/,
  );
});

describe("an agent that is known by its name", () => {
  const known = { agents: { claude: { command: "claude" } } };

  test("reaches its model over our proxy, and the key stays outside", () => {
    const keyed = { ANTHROPIC_API_KEY: "sk-a", SEEN: "yes" };
    const asked = { ...given, AGENT: "claude", AGENT_ENV: ["SEEN", "ANTHROPIC_API_KEY"] };

    expect(nameAgents(asked, { environment: keyed, operator: known }).known.claude).toEqual({
      ...{ command: "claude", environment: { SEEN: "yes" }, network: "none" },
      model: { provider: "anthropic", key: "sk-a", prices: {} },
    });
  });

  test("with the host's network has no proxy, and gets what AGENT_ENV names", () => {
    const keyed = { ANTHROPIC_API_KEY: "sk-a" };
    const asked = { AGENT: "claude", AGENT_ENV: ["ANTHROPIC_API_KEY"], AGENT_NETWORK: "host" as const };

    expect(nameAgents(asked, { environment: keyed, operator: known }).known.claude).toEqual({
      ...{ command: "claude", environment: keyed, network: "host" },
    });
    expect(missingKeys(asked, { environment: {}, operator: known })).toEqual([]);
  });

  test("without its key is a problem with both repairs", () => {
    expect(missingKeys(given, { environment: {}, operator: known }).join()).toMatch(
      /^ANTHROPIC_API_KEY is not set.*stays outside the sandbox; or set AGENT_NETWORK=host/,
    );
  });
});

test.each([
  ["a key in the file", "{ provider: openai, key: sk-1234 }"],
  ["another provider", "{ provider: acme, key: K }"],
  ["a gateway in clear", "{ provider: openai, key: K, upstream: 'http://gateway.acme.test' }"],
  ["a gateway with a password", "{ provider: openai, key: K, upstream: 'https://me:pw@gateway.acme.test' }"],
  ["a gateway with a query", "{ provider: openai, key: K, upstream: 'https://gateway.acme.test/?x=1' }"],
  ["a file for a gateway", "{ provider: openai, key: K, upstream: 'file:///etc/passwd' }"],
])("%s is refused", (_, model) => {
  expect(file(model)).toHaveProperty("problems");
});

test.each(["https://gateway.acme.test/openai", "http://127.0.0.1:4000", "http://localhost:4000/x"])(
  "%s may be where the model is",
  (upstream) => {
    expect(
      operatorOf(`{ provider: openai, key: K, upstream: '${upstream}' }`).agents?.a?.model,
    ).toMatchObject({ upstream });
  },
);
