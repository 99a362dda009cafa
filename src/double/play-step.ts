import { spawn } from "node:child_process";
import { lstat, mkdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AgentContext, SessionUpdate, StopReason, ToolKind } from "@agentclientprotocol/sdk";
import type { Step } from "./script.ts";

/** How much of a command's output is shown, in characters. */
const maxOutput = 4_000;

/** Where a turn is played: the session, its directory, and the signal of its cancellation. */
export type Stage = { client: AgentContext; sessionId: string; directory: string; signal: AbortSignal };

/** Plays one step; a stop reason ends the turn, an error is one that the script did not foresee. */
export async function playStep(step: Step, stage: Stage): Promise<StopReason | undefined> {
  if ("say" in step) return tell(stage, { sessionUpdate: "agent_message_chunk", content: text(step.say) });
  if ("think" in step)
    return tell(stage, { sessionUpdate: "agent_thought_chunk", content: text(step.think) });
  if ("plan" in step) return tell(stage, { sessionUpdate: "plan", entries: step.plan.map(planEntry) });
  if ("cost" in step)
    return tell(stage, {
      sessionUpdate: "usage_update",
      used: 0,
      size: 0,
      cost: { amount: step.cost, currency: "USD" },
    });
  if ("wait" in step) return sleep(step.wait.ms, undefined, { signal: stage.signal });
  if ("ask" in step) return askPermission(step.ask, stage);
  if ("stop" in step) return step.stop;
  return useTool(stage, toolOf(step, stage));
}

type Tool = { title: string; kind: ToolKind; use: () => Promise<string> };
type ToolStep = Extract<
  Step,
  { write: unknown } | { replace: unknown } | { delete: unknown } | { run: unknown }
>;

function toolOf(step: ToolStep, stage: Stage): Tool {
  if ("write" in step)
    return { title: `Write ${step.write.path}`, kind: "edit", use: () => write(step.write, stage) };
  if ("replace" in step)
    return { title: `Edit ${step.replace.path}`, kind: "edit", use: () => replace(step.replace, stage) };
  if ("delete" in step)
    return {
      title: `Delete ${step.delete.path}`,
      kind: "delete",
      use: () => remove(step.delete.path, stage),
    };
  return { title: `Run ${step.run.command}`, kind: "execute", use: () => run(step.run.command, stage) };
}

async function useTool(stage: Stage, tool: Tool): Promise<undefined> {
  const toolCallId = crypto.randomUUID();
  const { title, kind } = tool;
  await tell(stage, { sessionUpdate: "tool_call", toolCallId, title, kind, status: "in_progress" });
  const report = (status: "completed" | "failed", output: string): Promise<undefined> =>
    tell(stage, {
      sessionUpdate: "tool_call_update",
      toolCallId,
      status,
      content: [{ type: "content", content: text(output) }],
    });
  try {
    await report("completed", await tool.use());
  } catch (thrown) {
    await report("failed", String(thrown));
    throw thrown;
  }
}

async function write({ path, text }: { path: string; text: string }, stage: Stage): Promise<string> {
  const file = await inside(path, stage);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return "written";
}

async function replace(
  { path, from, to }: { path: string; from: string; to: string },
  stage: Stage,
): Promise<string> {
  const file = await inside(path, stage);
  const before = await readFile(file, "utf8");
  if (!before.includes(from)) throw new Error(`${path} does not contain ${JSON.stringify(from)}`);
  await writeFile(
    file,
    before.replace(from, () => to),
  );
  return "replaced";
}

async function remove(path: string, stage: Stage): Promise<string> {
  await rm(await inside(path, stage), { recursive: true });
  return "deleted";
}

function run(command: string, { directory, signal }: Stage): Promise<string> {
  return new Promise((done, reject) => {
    const child = spawn("sh", ["-c", command], { cwd: directory, signal, stdio: ["ignore", "pipe", "pipe"] });
    const output = { tail: "" };
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => {
        output.tail = (output.tail + data.toString()).slice(-maxOutput);
      });
    child.on("error", reject);
    // A red test is a result like any other, and no reason to stop.
    child.on("close", (code) => done(`${output.tail}\nexit code ${code}`));
  });
}

/** The path of a file, after links, if it is below the directory: the agent touches nothing else. */
async function inside(path: string, { directory }: Stage): Promise<string> {
  const root = await realpath(directory);
  const wanted = resolve(root, path);
  const real = await realExisting(wanted);
  if (wanted === root || !real.startsWith(root + sep)) throw new Error(`${path} is outside the directory`);
  return real;
}

async function realExisting(path: string): Promise<string> {
  const found = await realpath(path).catch(() => null);
  if (found !== null) return found;
  // A link that leads nowhere yet would be followed by the write that creates its target.
  if (await isThere(path)) throw new Error(`${path} is a link that leads nowhere`);
  return resolve(await realExisting(dirname(path)), relative(dirname(path), path));
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function askPermission(title: string, { client, sessionId }: Stage): Promise<StopReason | undefined> {
  const { outcome } = await client.request("session/request_permission", {
    sessionId,
    toolCall: { toolCallId: crypto.randomUUID(), title },
    options: [
      { optionId: "allow", name: "Allow once", kind: "allow_once" },
      { optionId: "reject", name: "Reject", kind: "reject_once" },
    ],
  });
  return outcome.outcome === "selected" && outcome.optionId === "allow" ? undefined : "refusal";
}

async function tell({ client, sessionId }: Stage, update: SessionUpdate): Promise<undefined> {
  await client.notify("session/update", { sessionId, update });
}

function text(words: string): { type: "text"; text: string } {
  return { type: "text", text: words };
}

function planEntry(content: string): { content: string; priority: "medium"; status: "pending" } {
  return { content, priority: "medium", status: "pending" };
}
