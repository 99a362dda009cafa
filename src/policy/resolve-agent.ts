import type { Prices } from "../domain/model-usage.ts";
import type { ModelAccess, OperatorFile } from "../domain/operator-file.ts";

/** The agent that the operator set, with the values of the variables that were named. */
export type ResolvedAgent = {
  command: string;
  environment: Record<string, string>;
  network: "none" | "host";
  /** Where the operator's entry names one; `key` is the key itself. */
  model?: ModelAccess & { prices: Prices };
};

/** `AGENT`, `AGENT_ENV` and `AGENT_NETWORK` as they were read. */
type Wish = { AGENT?: string | undefined; AGENT_ENV: string[]; AGENT_NETWORK: "none" | "host" };
type Variables = Record<string, string | undefined>;

/** What `AGENT` means: an entry of the operator's file by its name, or a command line. */
export function resolveAgent(
  { AGENT = "", AGENT_ENV, AGENT_NETWORK }: Wish,
  { environment, operator }: { environment: Variables; operator: OperatorFile },
): ResolvedAgent {
  const entry = operator.agents?.[AGENT];
  const { model } = entry ?? {};
  const { prices = {} } = operator;
  return {
    command: entry?.command ?? AGENT,
    environment: pick(environment, AGENT_ENV),
    network: AGENT_NETWORK,
    ...(model && { model: { ...model, key: environment[model.key] ?? "", prices } }),
  };
}

/** A proxy without a key would only find out when the model is asked. */
export function missingKey(
  { AGENT = "" }: Pick<Wish, "AGENT">,
  { environment, operator }: { environment: Variables; operator: OperatorFile },
): string[] {
  const name = operator.agents?.[AGENT]?.model?.key;
  if (name === undefined || environment[name]) return [];
  return [
    `${name} is not set, and agents.${AGENT}.model.key in DRAFTHORSE_CONFIG names it. Set it to the key.`,
  ];
}

function pick(from: Variables, names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
}
