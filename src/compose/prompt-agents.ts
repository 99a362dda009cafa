import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { KnownSecrets } from "../adapters/secrets/open-secrets.ts";
import type { Config } from "../config.ts";
import { Failure } from "../domain/task/failure.ts";
import type { PromptExam } from "../ports/doctor.ts";
import type { AgentOrder } from "../ports/workshop.ts";
import type { Log } from "../ports.ts";
import { openWorkshop } from "./runner.ts";

/** What one agent may take for one word, in milliseconds and requests. */
const bounds = { totalMs: 110_000, silenceMs: 60_000, usd: null, turns: { limit: 10, used: 0 } };

const answerFile = "answer.txt";
const word = "drafthorse";
const prompt = `Write the word ${word} into a new file ${answerFile} in the current directory. Do nothing else.\n`;

type PromptParts = { directory: () => Promise<string>; secrets: KnownSecrets; log: Log };

/** Puts one small order to each agent that usually works, one after the other, on the road of an attempt. */
export async function promptAgents(config: Config, parts: PromptParts): Promise<PromptExam[]> {
  const exams: PromptExam[] = [];
  for (const name of config.agents.usual) exams.push(await promptOne(name, config, parts));
  return exams;
}

async function promptOne(name: string, config: Config, parts: PromptParts): Promise<PromptExam> {
  try {
    return { name, ...(await promptAgent(name, config, parts)) };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return { name, why: thrown.message };
  }
}

async function promptAgent(
  name: string,
  config: Config,
  { directory, secrets, log }: PromptParts,
): Promise<{ line: string } | { why: string }> {
  const place = await mkdtemp(join(await directory(), "prompt-"));
  const worktree = { directory: join(place, "tree"), home: join(place, "home"), readable: [] };
  try {
    for (const folder of [worktree.directory, worktree.home]) await mkdir(folder);
    await writeFile(join(worktree.directory, "TASK.md"), prompt);
    const { agent } = await openWorkshop({ ...config, directory: place, secrets, log, remote: nowhere });
    const report = await agent.work(orderFor(name, worktree), new AbortController().signal);
    const text = await readFile(join(worktree.directory, answerFile), "utf8").catch(() => "");
    const cost = report.costUsd === null ? "what it cost is not known" : `$${report.costUsd.toFixed(4)}`;
    const seconds = (report.durationMs / 1_000).toFixed(1);
    if (text.includes(word)) return { line: `did what it was told in ${seconds} s; ${cost}` };
    return { why: `it did not do what it was told: ${report.cause}. It said: ${report.summary.slice(-300)}` };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

function orderFor(name: string, worktree: AgentOrder["worktree"]): AgentOrder {
  return {
    ...{ agents: [name], worktree, taskFile: "TASK.md", session: null, bounds, isMetered: false },
    prompt: { anew: prompt, resumed: prompt, wrapUp: "End your work now." },
    note: () => undefined,
    opened: async () => undefined,
  };
}

async function nowhere(): Promise<never> {
  throw new Failure("bug", "a prompt of the doctor fetches nothing");
}
