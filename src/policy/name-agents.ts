import type { Prices } from "../domain/evidence/model-usage.ts";
import { knownModel } from "../domain/rules/known-models.ts";
import type { ModelAccess, OperatorFile } from "../domain/rules/operator-file.ts";

/** The agents by name, with the environment that each is given, and those that work where nobody names another. */
export type Agents = {
  known: Record<
    string,
    {
      command: string;
      environment: Record<string, string>;
      network: "none" | "host";
      reportsCost?: boolean | undefined;
      /** The model that it reaches over our proxy alone; `key` is the key itself. */
      model?: ModelAccess & { prices: Prices };
    }
  >;
  usual: string[];
};

/** The operator's settings of `AGENT`, `AGENT_ENV` and `AGENT_NETWORK`. */
type AgentSettings = { AGENT?: string | undefined; AGENT_ENV: string[]; AGENT_NETWORK: "none" | "host" };

type Sources = { environment: Record<string, string | undefined>; operator: OperatorFile };

/** A command line in `AGENT` has no name that a brief could choose it by; names are the operator's, or presets. */
export function nameAgents(settings: AgentSettings, { environment, operator }: Sources): Agents {
  const { AGENT = "", AGENT_ENV, AGENT_NETWORK } = settings;
  const named = Object.entries(operator.agents ?? {}).map(
    ([name, { env = AGENT_ENV, network = AGENT_NETWORK, model, ...entry }]) => {
      const reached = model ?? (network === "none" ? knownModel(entry.command) : undefined);
      const given = env.filter((variable) => variable !== reached?.key);
      const { prices = {} } = operator;
      const proxied = reached && { model: { ...reached, key: environment[reached.key] ?? "", prices } };
      return [
        name,
        { ...entry, environment: namedVariables(environment, given), network, ...proxied },
      ] as const;
    },
  );
  const known = Object.fromEntries(named);
  const names = agentNames(AGENT);
  if (names.length > 0 || AGENT === "") return { known, usual: names };
  const line = {
    command: AGENT,
    environment: namedVariables(environment, AGENT_ENV),
    network: AGENT_NETWORK,
  };
  return { known: { ...known, AGENT: line }, usual: ["AGENT"] };
}

/** The keys of models whose variables are not set: a proxy without one would only find out when the model is asked. */
export function missingKeys(settings: AgentSettings, { environment, operator }: Sources): string[] {
  return Object.entries(operator.agents ?? {}).flatMap(([name, entry]) => {
    const isConfined = (entry.network ?? settings.AGENT_NETWORK) === "none";
    const known = isConfined ? knownModel(entry.command) : undefined;
    const { key } = entry.model ?? known ?? {};
    if (key === undefined || environment[key]) return [];
    return entry.model
      ? [`${key} is not set, and agents.${name}.model.key in DRAFTHORSE_CONFIG names it. Set it to the key.`]
      : [
          `${key} is not set, and the agent ${name} reaches its model with it. Set it to the key, which stays outside the sandbox; or set AGENT_NETWORK=host and name in AGENT_ENV what the agent logs in with.`,
        ];
  });
}

/** The names in `AGENT`, where it is nothing but names with commas between them. */
export function agentNames(text: string): string[] {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  return names.every((name) => /^[\w.-]{1,60}$/.test(name)) ? names : [];
}

function namedVariables(from: Record<string, string | undefined>, names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
}
