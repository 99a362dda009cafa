import type { Prices } from "../domain/model-usage.ts";
import type { ModelAccess, OperatorFile } from "../domain/operator-file.ts";

/** The agents by name, with the environment that each is given, and those that work where nobody names another. */
export type Agents = {
  known: Record<
    string,
    {
      command: string;
      environment: Record<string, string>;
      network: "none" | "host";
      reportsCost?: boolean | undefined;
      /** Where the operator's entry names one; `key` is the key itself. */
      model?: ModelAccess & { prices: Prices };
    }
  >;
  usual: string[];
};

/** The operator's settings of `AGENT`, `AGENT_ENV` and `AGENT_NETWORK`. */
type Settings = { AGENT?: string | undefined; AGENT_ENV: string[]; AGENT_NETWORK: "none" | "host" };

type Sources = { environment: Record<string, string | undefined>; operator: OperatorFile };

/** A command line in `AGENT` has no name that a brief could choose it by; names are the operator's, or presets. */
export function nameAgents(settings: Settings, { environment, operator }: Sources): Agents {
  const { AGENT = "", AGENT_ENV, AGENT_NETWORK } = settings;
  const named = Object.entries(operator.agents ?? {}).map(
    ([name, { env = AGENT_ENV, network, model, ...entry }]) => {
      const own = { environment: pick(environment, env), network: network ?? AGENT_NETWORK };
      const { prices = {} } = operator;
      const reached = model && { model: { ...model, key: environment[model.key] ?? "", prices } };
      return [name, { ...entry, ...own, ...reached }] as const;
    },
  );
  const known = Object.fromEntries(named);
  const names = agentNames(AGENT);
  if (names.length > 0 || AGENT === "") return { known, usual: names };
  const line = { command: AGENT, environment: pick(environment, AGENT_ENV), network: AGENT_NETWORK };
  return { known: { ...known, AGENT: line }, usual: ["AGENT"] };
}

/** The keys of models whose variables are not set: a proxy without one would only find out when the model is asked. */
export function missingKeys({ environment, operator }: Sources): string[] {
  const named = Object.entries(operator.agents ?? {}).flatMap(([name, { model }]) =>
    model && !environment[model.key] ? [{ name, key: model.key }] : [],
  );
  return named.map(
    ({ name, key }) =>
      `${key} is not set, and agents.${name}.model.key in DRAFTHORSE_CONFIG names it. Set it to the key.`,
  );
}

/** The names in `AGENT`, where it is nothing but names with commas between them. */
export function agentNames(text: string): string[] {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  return names.every((name) => /^[\w.-]{1,60}$/.test(name)) ? names : [];
}

function pick(from: Record<string, string | undefined>, names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
}
