import { type Preset, presets } from "../../src/adapters/agent/presets.ts";
import { issue } from "../../src/cli/demo-story.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { Town } from "../e2e/town.ts";
import { installAgent, type RealAgent, realAgents } from "./install-agents.ts";
import { type ScriptedModel, startModel } from "./scripted-model.ts";

/**
 * Real agents from the npm registry, each from a label to a draft pull request against a scripted model, with one
 * repair on the way: `npm run test:agents -- claude codex`, or all of them without a name.
 */
type Row = Record<"agent" | "version" | "prompt" | "pullRequest" | "cost" | "repair" | "end", string>;

/** An agent's environment: where the model is and a key that is none. The model proxy's seam. */
function accessTo(model: NonNullable<Preset["model"]>, url: string): Record<string, string> {
  return { ...model.at(url), [model.keyVariable]: "sk-no-key" };
}

/** What an agent is told beyond its preset so that it asks for a model that the script plays. */
const models: Partial<Record<RealAgent, (at: Record<string, string>) => Record<string, string>>> = {
  gemini: () => ({ GEMINI_MODEL: "gemini-2.5-pro" }),
  codex: ({ CODEX_CONFIG = "{}" }) => ({
    CODEX_CONFIG: JSON.stringify({ ...JSON.parse(CODEX_CONFIG), model: "gpt-5.1-codex" }),
  }),
  opencode: ({ OPENCODE_CONFIG_CONTENT = "{}" }) => ({
    OPENCODE_CONFIG_CONTENT: JSON.stringify({
      ...JSON.parse(OPENCODE_CONFIG_CONTENT),
      model: "anthropic/claude-sonnet-4-5",
    }),
  }),
};

async function tryAgent(name: RealAgent): Promise<Row> {
  const folder = await installAgent(name);
  const model = await startModel();
  const at = accessTo(presets[name].model, model.url);
  const environment = { PATH: `${folder}:${process.env.PATH}`, ...at, ...models[name]?.(at) };
  const town = await Town.found([], {
    agents: { known: { [name]: { command: name, environment, network: "host" } }, usual: [name] },
  });
  try {
    return await delegate(town, { name, model });
  } finally {
    await town.close();
    await model.stop();
  }
}

async function delegate(
  town: Town,
  { name, model }: { name: RealAgent; model: ScriptedModel },
): Promise<Row> {
  const labelledAt = Date.now();
  const opened = await town.delegate({ title: issue.title });
  const status = await town.sees(opened, /Draft pull request open|Ended|Failed|Cause/);
  const seconds = (then: number | undefined): string =>
    then === undefined ? "" : ((then - labelledAt) / 1000).toFixed(1);
  const doneAt = Date.now();
  if (!status.includes("Draft pull request open")) throw new Error(status.slice(0, 1_500));
  const { verdict, agent } = town.evidence(town.pull(opened));
  const exits = agent.legs?.map((leg) => leg.validation?.exitCode).join(", ");
  if (verdict !== "passed" || exits !== "1, 0")
    throw new Error(`verdict ${verdict}, exits ${exits}, ${agent.cause}\n${agent.summary}`);
  return {
    agent: name,
    version: `${agent.name} ${agent.version} (${agent.model ?? "model not named"})`,
    prompt: seconds(model.firstAt()),
    pullRequest: seconds(doneAt),
    cost: agent.costUsd === null ? "not reported" : `$${agent.costUsd.toFixed(3)}`,
    repair: model.isResumed() ? "in the same conversation" : "in a new conversation",
    end: `${verdict} after exits ${exits}`,
  };
}

async function main(asked: string[]): Promise<void> {
  const names = (Object.keys(realAgents) as RealAgent[]).filter(
    (name) => asked.length === 0 || asked.includes(name),
  );
  const unknown = asked.filter((name) => !Object.hasOwn(realAgents, name));
  if (unknown.length > 0) throw new Error(`No such agent: ${unknown}. There are: ${Object.keys(realAgents)}`);
  const rows: Row[] = [];
  for (const name of names) {
    try {
      rows.push(await tryAgent(name));
      console.log(`✓ ${name}`);
    } catch (error) {
      console.log(`✗ ${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  console.table(rows);
  console.log(
    `Label: ${defaultPolicy.label}; seconds from it to the first prompt and to the draft pull request.`,
  );
  console.log(`${rows.length} passed, ${names.length - rows.length} failed`);
  process.exitCode = rows.length === names.length ? 0 : 1;
}

await main(process.argv.slice(2));
