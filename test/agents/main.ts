import { issue } from "../../src/cli/demo/demo-story.ts";
import type { Config } from "../../src/config.ts";
import { knownModels } from "../../src/domain/rules/known-models.ts";
import { defaultPolicy } from "../../src/domain/rules/policy.ts";
import { Town } from "../e2e/town.ts";
import { installAgent, type RealAgent, realAgents } from "./install-agents.ts";
import { type ScriptedModel, startModel } from "./scripted-model.ts";

/**
 * Real agents from the npm registry, each from a label to a draft pull request against a scripted model, with one
 * repair on the way: `npm run test:agents -- claude codex`, or all of them without a name.
 */
type Row = Record<
  "agent" | "version" | "prompt" | "pullRequest" | "cost" | "turns" | "repair" | "end" | "passedOver",
  string
>;

/** What an agent is told beyond its preset so that it asks for a model that the script plays. */
const models: Partial<Record<RealAgent, Record<string, string>>> = {
  gemini: { GEMINI_MODEL: "gemini-2.5-pro" },
  codex: { CODEX_CONFIG: JSON.stringify({ model: "gpt-5.1-codex" }) },
  opencode: { OPENCODE_CONFIG_CONTENT: JSON.stringify({ model: "anthropic/claude-sonnet-4-5" }) },
};

/** Dollars for a million tokens of whatever the script plays. */
const prices = Object.fromEntries(
  ["gpt-5.1-codex", "gemini-2.5-pro", "claude-sonnet-4-5"].map((name) => [name, { input: 1, output: 10 }]),
);

/** A real agent starts slowly where the machine is shared. */
const patienceMs = 180_000;

type Choice = Config["agents"]["known"][string];

/** As an operator would have it: no network, no key inside, the model over our proxy. */
async function choiceOf(name: RealAgent, { url }: ScriptedModel): Promise<Choice> {
  const folder = await installAgent(name);
  const environment = { PATH: `${folder}:${process.env.PATH}`, ...models[name] };
  const model = { ...knownModels[name], key: "sk-real-key", upstream: url, prices };
  return { command: name, environment, network: "none", model };
}

async function tryAgent(name: RealAgent): Promise<Row> {
  const model = await startModel();
  try {
    return await inTown({ known: { [name]: await choiceOf(name, model) }, usual: [name] }, { name, model });
  } finally {
    await model.stop();
  }
}

/** The first agent's model has no quota left, so that the second does the work. */
async function tryFallback(first: RealAgent, second: RealAgent): Promise<Row> {
  const [spent, model] = await Promise.all([startModel({ hasQuota: false }), startModel()]);
  try {
    const known = { [first]: await choiceOf(first, spent), [second]: await choiceOf(second, model) };
    const row = await inTown({ known, usual: [first, second] }, { name: second, model });
    if (!/^claude: .*quota|^codex: .*quota/.test(row.passedOver))
      throw new Error(`passed over: ${row.passedOver}`);
    return { ...row, agent: `${first}, then ${second}` };
  } finally {
    await Promise.all([spent.stop(), model.stop()]);
  }
}

/** Two turns are too few for the story, and the refusal of the third is not mistaken for a quota. */
async function tryTurns(name: RealAgent): Promise<Row> {
  const model = await startModel();
  const agents = { known: { [name]: await choiceOf(name, model) }, usual: [name] };
  const files = { ".github/drafthorse.yml": "limits: { turns: 2 }\n" };
  const town = await Town.found([], { agents, files, patienceMs });
  try {
    const opened = await town.delegate({ title: issue.title });
    const status = await town.sees(opened, /Draft pull request open|Ended|Failed|Cause/);
    if (!/stopped at its turns limit after .*all 2 turns/.test(status)) throw new Error(status.slice(0, 900));
    const unknown = { version: "", prompt: "", pullRequest: "", cost: "", repair: "", passedOver: "" };
    return { ...unknown, agent: `${name}, two turns`, turns: "2", end: "stopped at its turns limit" };
  } finally {
    await town.close();
    await model.stop();
  }
}

async function inTown(
  agents: Config["agents"],
  asked: { name: RealAgent; model: ScriptedModel },
): Promise<Row> {
  const town = await Town.found([], { agents, patienceMs });
  try {
    return await delegate(town, asked);
  } finally {
    await town.close();
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
  if (!status.includes("Draft pull request open")) throw new Error(status.slice(0, 900));
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
    turns: (agent.legs ?? []).map(({ turns }) => turns ?? "not measured").join(" + "),
    repair: model.isResumed() ? "in the same conversation" : "in a new conversation",
    passedOver: (agent.passedOver ?? []).map(({ name: other, why }) => `${other}: ${why}`).join("; "),
    end: `${verdict} after exits ${exits}`,
  };
}

type Trial = { what: string; run: () => Promise<Row> };

function trialsOf(names: RealAgent[]): Trial[] {
  const alone = names.flatMap((name) => [
    { what: name, run: () => tryAgent(name) },
    { what: `${name} at the end of its turns`, run: () => tryTurns(name) },
  ]);
  if (!names.includes("claude") || !names.includes("codex")) return alone;
  return [
    ...alone,
    { what: "claude without quota, then codex", run: () => tryFallback("claude", "codex") },
    { what: "codex without quota, then claude", run: () => tryFallback("codex", "claude") },
  ];
}

/** The row of a trial that passed; one that did not is told at once and has none. */
async function outcomeOf({ what, run }: Trial): Promise<Row[]> {
  try {
    const row = await run();
    console.log(`✓ ${what}`);
    return [row];
  } catch (error) {
    console.log(`✗ ${what}: ${error instanceof Error ? error.message : error}`);
    return [];
  }
}

async function main(asked: string[]): Promise<void> {
  const names = (Object.keys(realAgents) as RealAgent[]).filter(
    (name) => asked.length === 0 || asked.includes(name),
  );
  const unknown = asked.filter((name) => !Object.hasOwn(realAgents, name));
  if (unknown.length > 0) throw new Error(`No such agent: ${unknown}. There are: ${Object.keys(realAgents)}`);
  const rows: Row[] = [];
  const trials = trialsOf(names);
  for (const trial of trials) rows.push(...(await outcomeOf(trial)));
  console.table(rows.map(({ passedOver: _, ...row }) => row));
  for (const { agent, passedOver } of rows)
    if (passedOver) console.log(`${agent}: passed over ${passedOver}`);
  console.log(
    `Label: ${defaultPolicy.label}; seconds from it to the first prompt and to the draft pull request.`,
  );
  console.log(`${rows.length} passed, ${trials.length - rows.length} failed`);
  process.exitCode = rows.length === trials.length ? 0 : 1;
}

await main(process.argv.slice(2));
